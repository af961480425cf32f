/** What the addresses of all kinds of servers have in common. */

/** Text of a URL as it was before it was put there. */
export function decodeText(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** `mysql://user@/shop?socket=…` has a user and no host, which URL does not take. Undefined for what is no address. */
export function parseServerUrl(address: string): URL | undefined {
  const plain = address.trim()
  const text = [plain, plain.replace('@/', '@localhost/')].find((each) => URL.canParse(each))
  return text === undefined ? undefined : new URL(text)
}

/** The database that an address names, whatever else stands in it; empty where it names none. */
export function databaseNameOf(address: string): string {
  return decodeText(parseServerUrl(address)?.pathname.slice(1) ?? '')
}

/** A folder is that of a socket. */
export function isThisMachine(host: string): boolean {
  return host.startsWith('/') || /^(localhost|127\.0\.0\.1|::1)$/.test(host)
}
