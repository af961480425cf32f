/** A table of WikiSQL as the product knows tables: columns with their kinds, and not one row. */
import type { Catalog } from '../../catalog.js'
import { quoteName, quoteText } from '../../quote.js'
import { isNumeral } from '../../training/wikisql/wiki-question.js'
import type { LogicalForm } from './logical-form.js'
import type { WikiColumn } from './read-form-questions.js'

/** The set names its tables by numbers, which mean nothing; this may stand for any of them. */
export const formTable = 'records'

export function formCatalog(id: string, columns: readonly WikiColumn[]): Catalog {
  const described = columns.map(({ name, type }) => ({
    name,
    type: type === 'real' ? 'REAL' : 'TEXT',
    kind: type === 'real' ? ('number' as const) : ('text' as const),
    nullable: true,
    unique: false,
    samples: [],
  }))
  return {
    dialect: 'sqlite',
    tables: [{ name: formTable, columns: described, primaryKey: [], rowCount: 0 }],
    relationships: [],
    version: id,
  }
}

/** A form as SQL on that table. */
export function sqlOfForm(
  { aggregate, column, conditions }: LogicalForm,
  columns: readonly WikiColumn[],
): string {
  const nameOf = (at: number) => quoteName(columns[at]?.name ?? '')
  const selected = aggregate ? `${aggregate}(${nameOf(column)})` : nameOf(column)
  const compared = conditions.map(({ column: at, operator, value }) => {
    const isNumber = columns[at]?.type === 'real' && isNumeral(value)
    return `${nameOf(at)} ${operator} ${isNumber ? value : quoteText(value)}`
  })
  const where = compared.length > 0 ? ` WHERE ${compared.join(' AND ')}` : ''
  return `SELECT ${selected} FROM ${formTable}${where}`
}
