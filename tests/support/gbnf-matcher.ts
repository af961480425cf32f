/** A small reader of GBNF that says whether a grammar accepts a text: llama.cpp's own needs a model's vocabulary. */

type Node =
  | { readonly kind: 'text'; readonly characters: readonly string[] }
  | { readonly kind: 'class'; readonly matches: (code: number) => boolean }
  | { readonly kind: 'rule'; readonly name: string }
  | { readonly kind: 'choice'; readonly options: readonly (readonly Node[])[] }
  | { readonly kind: 'repeat'; readonly node: Node; readonly least: number; readonly most: number }

type Rules = ReadonlyMap<string, Node>
type Positions = ReadonlySet<number>

/** Throws an Error when the grammar has a line that is no rule, or names a rule that is not defined. */
export function gbnfMatcher(grammar: string): (text: string) => boolean {
  const lines = grammar.split('\n').filter((line) => line.trim() !== '')
  const rules: Rules = new Map(lines.map(readRule))
  for (const name of [...rules.values()].flatMap(namesIn)) {
    if (!rules.has(name)) throw new Error(`rule ${name} is not defined`)
  }
  return (text) => {
    const matching: Matching = { rules, text: [...text], known: new Map() }
    return ruleEnds('root', 0, matching).has(matching.text.length)
  }
}

interface Matching {
  readonly rules: Rules
  readonly text: readonly string[]
  /** Where each rule can end from each start, so that nothing is tried twice. */
  readonly known: Map<string, Positions>
}

function ruleEnds(name: string, start: number, matching: Matching): Positions {
  const key = `${name}@${start}`
  const known = matching.known.get(key)
  if (known) return known
  const rule = matching.rules.get(name)
  if (!rule) throw new Error(`rule ${name} is not defined`)
  const ends = endsOf(rule, new Set([start]), matching)
  matching.known.set(key, ends)
  return ends
}

function endsOf(node: Node, starts: Positions, matching: Matching): Positions {
  switch (node.kind) {
    case 'text': {
      const fits = (start: number) =>
        node.characters.every((character, index) => matching.text[start + index] === character)
      return new Set([...starts].filter(fits).map((start) => start + node.characters.length))
    }
    case 'class': {
      const fits = (start: number) => {
        const code = matching.text[start]?.codePointAt(0)
        return code !== undefined && node.matches(code)
      }
      return new Set([...starts].filter(fits).map((start) => start + 1))
    }
    case 'choice': {
      const follow = (from: Positions, part: Node) => endsOf(part, from, matching)
      return new Set(node.options.flatMap((option) => [...option.reduce(follow, starts)]))
    }
    case 'repeat':
      return repeatEnds(node, starts, matching)
    case 'rule':
      return new Set([...starts].flatMap((start) => [...ruleEnds(node.name, start, matching)]))
  }
}

function repeatEnds(
  node: Node & { kind: 'repeat' },
  starts: Positions,
  matching: Matching,
): Positions {
  const found = new Set<number>(node.least === 0 ? starts : [])
  let from = starts
  for (let count = 1; count <= node.most && from.size > 0; count++) {
    from = endsOf(node.node, from, matching)
    if (count >= node.least) for (const end of from) found.add(end)
  }
  return found
}

function namesIn(node: Node): string[] {
  if (node.kind === 'rule') return [node.name]
  if (node.kind === 'repeat') return namesIn(node.node)
  return node.kind === 'choice' ? node.options.flat().flatMap(namesIn) : []
}

interface Cursor {
  readonly characters: readonly string[]
  position: number
}

function readRule(line: string): [string, Node] {
  const [, name, body] = /^([\w-]+) ::= (.*)$/.exec(line) ?? []
  if (name === undefined || body === undefined) throw new Error(`not a rule: ${line}`)
  const cursor = { characters: [...body], position: 0 }
  const node = readChoice(cursor)
  if (cursor.position < cursor.characters.length) throw new Error(`a loose end in: ${line}`)
  return [name, node]
}

function readChoice(cursor: Cursor): Node {
  const options: Node[][] = [[]]
  while (peek(cursor) !== '' && peek(cursor) !== ')') {
    if (skip(cursor, ' ')) continue
    if (skip(cursor, '|')) options.push([])
    else options.at(-1)?.push(readRepeated(cursor))
  }
  return { kind: 'choice', options }
}

function readRepeated(cursor: Cursor): Node {
  const node = readOne(cursor)
  if (skip(cursor, '?')) return { kind: 'repeat', node, least: 0, most: 1 }
  if (!skip(cursor, '{')) return node
  const [least = 0, most = least] = takeUntil(cursor, '}').split(',').map(Number)
  return { kind: 'repeat', node, least, most }
}

function readOne(cursor: Cursor): Node {
  if (skip(cursor, '"')) return { kind: 'text', characters: readText(cursor) }
  if (skip(cursor, '[')) return readClass(cursor)
  if (skip(cursor, '(')) {
    const node = readChoice(cursor)
    if (!skip(cursor, ')')) throw new Error('a parenthesis is not closed')
    return node
  }
  let name = ''
  while (/[\w-]/.test(peek(cursor))) name += take(cursor)
  if (name === '') throw new Error(`unexpected ${peek(cursor)}`)
  return { kind: 'rule', name }
}

function readText(cursor: Cursor): string[] {
  const characters: string[] = []
  while (!skip(cursor, '"')) characters.push(String.fromCodePoint(readCode(cursor)))
  return characters
}

function readClass(cursor: Cursor): Node {
  const negated = skip(cursor, '^')
  const ranges: [number, number][] = []
  while (!skip(cursor, ']')) {
    const from = readCode(cursor)
    const isRange = peek(cursor) === '-' && cursor.characters[cursor.position + 1] !== ']'
    if (isRange) take(cursor)
    ranges.push([from, isRange ? readCode(cursor) : from])
  }
  const inside = (code: number) => ranges.some(([from, to]) => from <= code && code <= to)
  return { kind: 'class', matches: (code) => inside(code) !== negated }
}

function readCode(cursor: Cursor): number {
  const character = take(cursor)
  if (character !== '\\') return character.codePointAt(0) ?? 0
  const letter = take(cursor)
  const digits = { x: 2, u: 4, U: 8 }[letter]
  if (digits) {
    return Number.parseInt(Array.from({ length: digits }, () => take(cursor)).join(''), 16)
  }
  return ({ n: '\n', t: '\t', r: '\r' }[letter] ?? letter).codePointAt(0) ?? 0
}

function takeUntil(cursor: Cursor, end: string): string {
  let text = ''
  while (!skip(cursor, end)) text += take(cursor)
  return text
}

function peek(cursor: Cursor): string {
  return cursor.characters[cursor.position] ?? ''
}

function take(cursor: Cursor): string {
  const character = peek(cursor)
  if (character === '') throw new Error('the rule ends too early')
  cursor.position++
  return character
}

function skip(cursor: Cursor, character: string): boolean {
  if (peek(cursor) !== character) return false
  cursor.position++
  return true
}
