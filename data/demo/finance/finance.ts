/** A demo: a bank with its accounts, transactions, loans and cards. */
import type { Random } from '../../random.js'
import { demoDataset } from '../demo-dataset.js'
import { type Account, accountRow, keepAccounts, transactionRows } from './accounts.js'
import { cardRows, loanRows } from './credit.js'
import { type Customer, createCustomers, customerRow } from './customers.js'
import { FINANCE_TABLES } from './finance-schema.js'

export const finance = demoDataset({
  name: 'finance',
  title: 'Finance',
  subject: 'a bank, 2024 and 2025',
  version: 1,
  seed: 2024,
  tables: FINANCE_TABLES,
  createRows: (random) => {
    const customers = createCustomers(random)
    const accounts: Account[] = []
    return {
      customers: customers.map(customerRow),
      accounts: accountRows(customers, accounts, random),
      transactions: transactionRows(accounts),
      loans: loanRows(customers, random),
      credit_cards: cardRows(customers, random),
    }
  },
})

/** Leaves in `accounts` what it yields the rows of, with everything that happened on each. */
function* accountRows(customers: readonly Customer[], accounts: Account[], random: Random) {
  for (const customer of customers) {
    for (const account of keepAccounts(customer, accounts.length + 1, random)) {
      accounts.push(account)
      yield accountRow(account)
    }
  }
}
