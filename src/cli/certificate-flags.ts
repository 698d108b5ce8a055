import {Flags} from '@oclif/core'
import type {RequestableKey} from '../acm/certificates.js'
import {requestableKeys} from '../acm/certificates.js'
import {durationFlag} from './flags.js'

const thirtyMinutesMs = 30 * 60_000

/** ACM looks for the records of a certificate for up to half an hour, and more where the DNS is somewhere else. */
export const issueFlags = {
  wait: Flags.boolean({description: 'wait until the certificate is issued', allowNo: true, default: false}),
  timeout: durationFlag({
    description: 'how long to wait, e.g. 90s or 1h',
    helpValue: '<duration>',
    default: thirtyMinutesMs,
    defaultHelp: async () => '30m',
  }),
}

export const keyTypeFlag = {
  'key-type': Flags.string({
    description: 'kind of the key; RSA_2048 where no certificate of these names is there',
    options: [...requestableKeys],
  }),
}

/** oclif checks that it is one of the options. */
export const keyOf = (text: string | undefined): RequestableKey | undefined =>
  requestableKeys.find((each) => each === text)
