/** Of what type a column of WikiSQL is, by what is known of it without its rows. */
import type { MadeColumn } from '../made-database.js'
import { looseName } from './column-name.js'
import { columnType } from './likely-value.js'
import type { WikiTable } from './wiki-question.js'

/** Numbers where its header, its values and what is calculated with it say so. */
export function typeOfColumn(
  { columns, questions }: WikiTable,
  column: number,
): MadeColumn['type'] {
  const values = questions.flatMap(({ conditions }) =>
    conditions.filter((condition) => condition.column === column).map(({ value }) => value),
  )
  const calculated = questions.some((question) => {
    const { aggregate } = question
    return question.column === column && aggregate !== undefined && aggregate !== 'COUNT'
  })
  return columnType(looseName(columns.get(column) ?? ''), values, calculated)
}
