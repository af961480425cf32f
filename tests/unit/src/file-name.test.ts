import { expect, it } from 'vitest'
import { fileNameOf } from '../../../src/http/result-routes/file-name.js'

it.each([
  ['Total sales by region in 2025?', 'total-sales-by-region-in-2025.csv'],
  ['Größte Städte', 'größte-städte.csv'],
  ['各地区的销售额', '各地区的销售额.csv'],
  ['../../etc/passwd', 'etc-passwd.csv'],
  ['C:\\con', 'c-con.csv'],
  ['CON', 'answer.csv'],
  ['com1', 'answer.csv'],
  ['...', 'answer.csv'],
  ['', 'answer.csv'],
  ['a\r\nX-Evil: 1', 'a-x-evil-1.csv'],
  ['invoice\u202excod.exe', 'invoice-xcod-exe.csv'],
  ['"; rm -rf', 'rm-rf.csv'],
  ['word '.repeat(50), `${'word-'.repeat(16).slice(0, -1)}.csv`],
])('%j names the file %s', (question, name) => {
  expect(fileNameOf(question, 'csv')).toBe(name)
})

it('says in the name that something is missing', () => {
  expect(fileNameOf('Sales', 'xlsx', 'first-10-rows')).toBe('sales-first-10-rows.xlsx')
})
