/** Functions of texts. */
import type { BuiltIn } from './built-in.js'

export const textFunctions: readonly BuiltIn[] = [
  {
    name: 'upper',
    on: 'text',
    sql: 'upper({})',
    words: ['{} in upper case', '{} in capital letters', '{} written in capitals'],
    makes: 'text',
  },
  {
    name: 'lower',
    on: 'text',
    sql: 'lower({})',
    words: ['{} in lower case', '{} in small letters', '{} without capital letters'],
    makes: 'text',
  },
  {
    name: 'length',
    on: 'text',
    sql: 'length({})',
    words: ['length of the {}', 'number of characters in the {}', 'number of letters in the {}'],
    makes: 'number',
    bounds: [5, 6, 8, 10, 12, 15, 20],
  },
  ...[1, 2, 3, 4, 5].map(
    (count): BuiltIn => ({
      name: 'first letters',
      on: 'text',
      sql: `substr({}, 1, ${count})`,
      words:
        count === 1
          ? ['first letter of the {}', 'initial of the {}']
          : [`first ${count} letters of the {}`, `first ${count} characters of the {}`],
      makes: 'text',
      ...(count === 1 && { groups: true }),
    }),
  ),
  ...[2, 3, 4].map(
    (count): BuiltIn => ({
      name: 'last letters',
      on: 'text',
      sql: `right({}, ${count})`,
      sqlite: `substr({}, -${count})`,
      words: [`last ${count} letters of the {}`, `last ${count} characters of the {}`],
      makes: 'text',
    }),
  ),
  {
    name: 'replace',
    on: 'text',
    sql: "replace({}, ' ', '-')",
    words: ['{} with dashes instead of spaces', '{} with every space replaced by a dash'],
    needs: 'spaces',
    makes: 'text',
  },
  {
    name: 'trim',
    on: 'text',
    sql: 'trim({})',
    words: ['{} without spaces around it', '{} with leading and trailing spaces removed'],
    needs: 'spaces',
    makes: 'text',
  },
  {
    name: 'position',
    on: 'text',
    sql: "instr({}, ' ')",
    postgres: "strpos({}, ' ')",
    words: ['position of the first space in the {}', 'place of the first blank in the {}'],
    needs: 'spaces',
    makes: 'number',
    bounds: [3, 4, 5, 6, 8],
  },
]
