const BLOCK = /-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g

/** The certificates of a text, one by one, each with a final line end. */
export const certificatesIn = (text: string): string[] => (text.match(BLOCK) ?? []).map((block) => `${block}\n`)
