/** As oclif reads a boolean from the environment. */
export const isTruthy = (value: string | undefined): boolean => /^(1|true|yes|y)$/i.test(value ?? '')
