/** All themes; each is made once in each of a few name styles. */
import { readTheme } from './read-theme.js'
import type { Theme } from './theme.js'
import { goodsThemes } from './themes-goods.js'
import { mediaThemes } from './themes-media.js'
import { peopleThemes } from './themes-people.js'

const longest = Math.max(peopleThemes.length, goodsThemes.length, mediaThemes.length)
const themes: readonly Theme[] = Array.from({ length: longest }, (_, at) =>
  [peopleThemes[at], goodsThemes[at], mediaThemes[at]].filter((text) => text !== undefined),
)
  .flat()
  .map(readTheme)

/** Neighbours are unlike, so that any few of them are varied. */
export function allThemes(): readonly Theme[] {
  return themes
}

/** One warehouse of two themes that share no noun: most of what it holds is beside any question. */
export function joinThemes(first: Theme, second: Theme): Theme | undefined {
  const nouns = new Set(first.tables.map(({ noun }) => noun))
  if (second.tables.some(({ noun }) => nouns.has(noun))) return undefined
  return { name: `${first.name} and ${second.name}`, tables: [...first.tables, ...second.tables] }
}
