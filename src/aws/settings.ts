/** What every SDK client of one command shares. */
export interface AwsSettings {
  /** From the flag; the SDK resolves it where it is not given. */
  readonly region?: string | undefined
  /** From the flag; the SDK resolves it where it is not given. */
  readonly profile?: string | undefined
  /** The profile that counts, from the flag or the environment; only for what is said of failures. */
  readonly profileInUse?: string | undefined
  /** Of a local AWS. Where it is not given the SDK honours AWS_ENDPOINT_URL and AWS_ENDPOINT_URL_<SERVICE>. */
  readonly endpoint?: string | undefined
  /** Of a local AWS; the SDK's own chain finds them where they are not given. */
  readonly credentials?: {readonly accessKeyId: string; readonly secretAccessKey: string} | undefined
  /** Another transport, for tests in one process. */
  readonly requestHandler?: object | undefined
  /** Attempts per call; the SDK decides where it is not given. */
  readonly maxAttempts?: number | undefined
  readonly userAgent: {readonly name: string; readonly version: string}
  readonly signal?: AbortSignal | undefined
  now(): number
  debug(line: string): void
}

/** Seconds after which a silent AWS endpoint counts as unreachable; the SDK alone would wait for ever. */
const connectionTimeoutMs = 10_000
const requestTimeoutMs = 60_000

/** The constructor argument of an SDK client. Absent settings stay absent, so that the SDK resolves them itself. */
export function clientConfig(settings: AwsSettings): Record<string, unknown> {
  const {region, profile, endpoint, credentials, maxAttempts, userAgent} = settings
  return {
    ...(region !== undefined && {region}),
    ...(profile !== undefined && {profile}),
    ...(endpoint !== undefined && {endpoint}),
    ...(credentials !== undefined && {credentials}),
    ...(maxAttempts !== undefined && {maxAttempts}),
    customUserAgent: [[userAgent.name, userAgent.version]],
    requestHandler: settings.requestHandler ?? {
      connectionTimeout: connectionTimeoutMs,
      requestTimeout: requestTimeoutMs,
      throwOnRequestTimeout: true,
    },
  }
}
