/** What the addresses of all kinds of servers have in common. */

/** Text of a URL as it was before it was put there. */
export function decodeText(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** The database that an address names, whatever else stands in it; empty where it names none. */
export function databaseNameOf(address: string): string {
  const plain = address.trim()
  const [url] = [plain, plain.replace('@/', '@localhost/')].filter((text) => URL.canParse(text))
  return url === undefined ? '' : decodeText(new URL(url).pathname.slice(1))
}

/** A folder is that of a socket. */
export function isThisMachine(host: string): boolean {
  return host.startsWith('/') || /^(localhost|127\.0\.0\.1|::1)$/.test(host)
}
