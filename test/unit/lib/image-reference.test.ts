import {describe, expect, test} from 'vitest'
import {
  ecrRegistry,
  formatImageReference,
  imageOrigin,
  parseImageReference,
  tagProblem,
} from '../../../src/lib/image-reference.js'

const hex = '0123456789abcdef'.repeat(4)
const ecr = '123456789012.dkr.ecr.us-east-1.amazonaws.com'

describe('a reference', () => {
  test.for([
    ['nginx', {repository: 'nginx'}],
    ['nginx:1.27', {repository: 'nginx', tag: '1.27'}],
    ['library/nginx', {repository: 'library/nginx'}],
    ['docker.io/library/nginx:latest', {host: 'docker.io', repository: 'library/nginx', tag: 'latest'}],
    ['localhost/web', {host: 'localhost', repository: 'web'}],
    ['localhost:5000/web:v1', {host: 'localhost:5000', repository: 'web', tag: 'v1'}],
    ['127.0.0.1:45055/team/web', {host: '127.0.0.1:45055', repository: 'team/web'}],
    ['[::1]:5000/web', {host: '[::1]:5000', repository: 'web'}],
    ['Registry/web', {host: 'Registry', repository: 'web'}],
    [`${ecr}/web:746764f`, {host: ecr, repository: 'web', tag: '746764f'}],
    [`web@sha256:${hex}`, {repository: 'web', digest: `sha256:${hex}`}],
    [`web:v1@sha256:${hex}`, {repository: 'web', tag: 'v1', digest: `sha256:${hex}`}],
    ['a__b/c--d.e_f', {repository: 'a__b/c--d.e_f'}],
    [`web:${'t'.repeat(128)}`, {repository: 'web', tag: 't'.repeat(128)}],
  ] as const)('%s is read and written back', ([text, reference]) => {
    expect(parseImageReference(text)).toEqual({ok: true, value: reference})
    expect(formatImageReference(reference)).toBe(text)
  })

  const tagRule = 'use 1 to 128 letters, digits, _ . and -, with neither . nor - first'
  const repositoryRule = 'use lower-case letters and digits, with . _ - or / between them'
  test.for([
    ['', 'image "" is not valid: it names no repository: use e.g. nginx:1.27'],
    [':v1', 'image :v1 is not valid: it names no repository: use e.g. nginx:1.27'],
    ['localhost:5000/', 'image localhost:5000/ is not valid: it names no repository: use e.g. nginx:1.27'],
    ['web:', `image web: is not valid: tag "" is not valid: ${tagRule}`],
    ['web:-1', `image web:-1 is not valid: tag -1 is not valid: ${tagRule}`],
    ['web:a:b', `image web:a:b is not valid: tag a:b is not valid: ${tagRule}`],
    [
      `web:${'t'.repeat(129)}`,
      `image web:${'t'.repeat(129)} is not valid: tag ${'t'.repeat(129)} is not valid: ${tagRule}`,
    ],
    ['Web', 'image Web is not valid: repository Web has capitals: use web'],
    [`${ecr}/Web:v1`, `image ${ecr}/Web:v1 is not valid: repository Web has capitals: use web`],
    ['my web', `image "my web" is not valid: repository "my web" is not valid: ${repositoryRule}`],
    ['a//b', `image a//b is not valid: repository a//b is not valid: ${repositoryRule}`],
    ['a-', `image a- is not valid: repository a- is not valid: ${repositoryRule}`],
    ['a___b', `image a___b is not valid: repository a___b is not valid: ${repositoryRule}`],
    ['web\n', `image "web\\n" is not valid: repository "web\\n" is not valid: ${repositoryRule}`],
    ['-x.com/web', 'image -x.com/web is not valid: -x.com is no registry: use a host name with or without a port'],
    ['x.com:a/web', 'image x.com:a/web is not valid: x.com:a is no registry: use a host name with or without a port'],
    ['https://x.com/web', 'image https://x.com/web is not valid: it starts with a scheme: leave that out'],
    [
      'web@sha256:12',
      'image web@sha256:12 is not valid: digest sha256:12 is not valid: use sha256: and 64 hexadecimal digits',
    ],
    [hex, `image ${hex} is not valid: it is the id of an image: use the name of a repository`],
    [
      `x.com/${'a'.repeat(250)}`,
      `image x.com/${'a'.repeat(250)} is not valid: its name has 256 characters: use at most 255`,
    ],
  ] as const)('%j is refused', ([text, problem]) => {
    expect(parseImageReference(text)).toEqual({ok: false, problem})
  })
})

test.for([
  ['nginx', 'docker.io', 'library/nginx'],
  ['bitnami/nginx', 'docker.io', 'bitnami/nginx'],
  ['docker.io/nginx', 'docker.io', 'library/nginx'],
  ['index.docker.io/nginx', 'docker.io', 'library/nginx'],
  ['localhost:5000/nginx', 'localhost:5000', 'nginx'],
] as const)('%s comes from %s as %s', ([text, registry, path]) => {
  const reference = parseImageReference(text)
  expect(reference.ok && imageOrigin(reference.value)).toEqual({registry, path})
})

test.for([
  [ecr, {account: '123456789012', region: 'us-east-1'}],
  ['123456789012.dkr.ecr-fips.us-gov-west-1.amazonaws.com', {account: '123456789012', region: 'us-gov-west-1'}],
  ['123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn', {account: '123456789012', region: 'cn-north-1'}],
  ['123456789012.dkr-ecr.eu-west-1.on.aws', {account: '123456789012', region: 'eu-west-1'}],
  ['public.ecr.aws', undefined],
  ['docker.io', undefined],
  ['x.123456789012.dkr.ecr.us-east-1.amazonaws.com', undefined],
] as const)('the ECR registry of %s is %j', ([host, expected]) => {
  expect(ecrRegistry(host)).toEqual(expected)
})

test('a tag is checked on its own', () => {
  expect(tagProblem(undefined)).toBeUndefined()
  expect(tagProblem('v1.2_3-4')).toBeUndefined()
  expect(tagProblem('a/b')).toMatch(/^tag a\/b is not valid/)
})
