import type {PermissionsBoundaryAttachmentType, Role} from '@aws-sdk/client-iam'
import type {RoleRecord} from './records.js'

/** A policy document as IAM's answers carry it: percent-encoded as RFC 3986 has it. */
export const encodeDocument = (document: string): string =>
  encodeURIComponent(document).replaceAll(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )

/** IAM's dates have no fractions of seconds. */
const wholeSeconds = (milliseconds: number): Date => new Date(Math.floor(milliseconds / 1000) * 1000)

/** What every answer with a role has; CreateRole shows nothing else but tags and boundary. */
const identity = (role: RoleRecord) => ({
  Path: role.path,
  RoleName: role.roleName,
  RoleId: role.roleId,
  Arn: role.arn,
  CreateDate: wholeSeconds(role.createdAt),
  AssumeRolePolicyDocument: encodeDocument(role.trustPolicy),
})

/** IAM answers `Policy`, where the SDK's type has another word. */
const boundaryType: string = 'Policy'

const tagsAndBoundary = ({tags, permissionsBoundary}: RoleRecord) => ({
  ...(tags.length > 0 && {Tags: tagList(tags)}),
  ...(permissionsBoundary !== undefined && {
    PermissionsBoundary: {
      PermissionsBoundaryType: boundaryType as PermissionsBoundaryAttachmentType,
      PermissionsBoundaryArn: permissionsBoundary,
    },
  }),
})

export const tagList = (tags: RoleRecord['tags']) => tags.map(({key, value}) => ({Key: key, Value: value}))

/** The role as CreateRole and CreateServiceLinkedRole answer it. */
export const createdRole = (role: RoleRecord): Role => ({...identity(role), ...tagsAndBoundary(role)})

/** The role as ListRoles answers it: without tags, boundary and last use. */
export const listedRole = (role: RoleRecord): Role => ({
  ...identity(role),
  MaxSessionDuration: role.maxSessionDuration,
  ...(role.description !== undefined && {Description: role.description}),
})

/** The role as GetRole answers it. */
export const fullRole = (role: RoleRecord): Role => ({...listedRole(role), ...tagsAndBoundary(role), RoleLastUsed: {}})
