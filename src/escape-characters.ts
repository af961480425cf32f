/** Writes characters as `\u001b`, as JSON does: whoever reads them sees them, and no terminal acts upon them. */

/** What a terminal would act upon, but for line breaks and tabs: cells could move its cursor, rename its window or turn text around. */
export const terminalControls =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g

/** `pattern` is global. JSON stays the same JSON. */
export function escapeCharacters(text: string, pattern: RegExp): string {
  return text.replaceAll(pattern, escaped)
}

function escaped(character: string): string {
  return Array.from({ length: character.length }, (_, at) => character.charCodeAt(at))
    .map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`)
    .join('')
}
