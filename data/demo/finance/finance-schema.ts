/** The tables of the bank, in an order that satisfies their foreign keys. */
import type { DemoTable } from '../demo-table.js'

export const FINANCE_TABLES: readonly DemoTable[] = [
  {
    name: 'customers',
    comment: 'People who bank here.',
    columns: [
      ['customer_id', 'INTEGER PRIMARY KEY', 'Number of the customer.'],
      ['full_name', 'VARCHAR NOT NULL', 'First and last name.'],
      ['birth_date', 'DATE NOT NULL', 'Day of birth.'],
      ['city', 'VARCHAR NOT NULL', 'Where the customer lives.'],
      ['segment', 'VARCHAR NOT NULL', 'student, private, premium or business.'],
      ['annual_income', 'DECIMAL(12,2)', 'Income of a year in euros; missing where not declared.'],
      ['credit_score', 'INTEGER', 'From 300 to 850; missing where there is no history.'],
      ['joined_on', 'DATE NOT NULL', 'Day the first account was opened.'],
    ],
  },
  {
    name: 'accounts',
    comment: 'Accounts that customers hold or held.',
    columns: [
      ['account_id', 'INTEGER PRIMARY KEY', 'Number of the account.'],
      ['customer_id', 'INTEGER NOT NULL REFERENCES customers (customer_id)', 'Holder.'],
      ['account_type', 'VARCHAR NOT NULL', 'checking, savings or business.'],
      ['status', 'VARCHAR NOT NULL', 'open or closed.'],
      ['opened_on', 'DATE NOT NULL', 'Day the account was opened.'],
      ['closed_on', 'DATE', 'Day it was closed; missing while it is open.'],
      ['balance', 'DECIMAL(14,2) NOT NULL', 'Sum of its transactions, in euros.'],
    ],
  },
  {
    name: 'transactions',
    comment: 'Every movement on an account since January 2024.',
    columns: [
      ['transaction_id', 'INTEGER PRIMARY KEY', 'Number of the transaction, in order of time.'],
      ['account_id', 'INTEGER NOT NULL REFERENCES accounts (account_id)', 'Account it moved.'],
      ['booked_on', 'DATE NOT NULL', 'Day of booking.'],
      ['transaction_type', 'VARCHAR NOT NULL', 'deposit, payment, withdrawal, transfer, fee, …'],
      ['category', 'VARCHAR', 'What it was for; missing where nobody can tell.'],
      ['channel', 'VARCHAR NOT NULL', 'branch, atm, card, online or mobile.'],
      ['amount', 'DECIMAL(12,2) NOT NULL', 'In euros; below 0 when money left the account.'],
    ],
  },
  {
    name: 'loans',
    comment: 'Money lent to customers.',
    columns: [
      ['loan_id', 'INTEGER PRIMARY KEY', 'Number of the loan.'],
      ['customer_id', 'INTEGER NOT NULL REFERENCES customers (customer_id)', 'Borrower.'],
      ['loan_type', 'VARCHAR NOT NULL', 'mortgage, car, personal or student.'],
      ['principal_amount', 'DECIMAL(12,2) NOT NULL', 'What was lent, in euros.'],
      ['interest_rate', 'DECIMAL(5,2) NOT NULL', 'Percent a year.'],
      ['term_months', 'INTEGER NOT NULL', 'Months until it is to be paid back.'],
      ['started_on', 'DATE NOT NULL', 'Day the money was paid out.'],
      ['status', 'VARCHAR NOT NULL', 'current, late, defaulted or paid off.'],
      ['outstanding_amount', 'DECIMAL(12,2) NOT NULL', 'Still owed, in euros; 0 when paid off.'],
    ],
  },
  {
    name: 'credit_cards',
    comment: 'Credit cards given to customers.',
    columns: [
      ['card_id', 'INTEGER PRIMARY KEY', 'Number of the card in the books.'],
      ['customer_id', 'INTEGER NOT NULL REFERENCES customers (customer_id)', 'Holder.'],
      ['card_type', 'VARCHAR NOT NULL', 'classic, gold or platinum.'],
      ['credit_limit', 'DECIMAL(10,2) NOT NULL', 'Most that may be owed, in euros.'],
      ['current_debt', 'DECIMAL(10,2) NOT NULL', 'Owed on the last day, in euros.'],
      ['issued_on', 'DATE NOT NULL', 'Day the card was issued.'],
      ['expires_on', 'DATE NOT NULL', 'Last day on which it can be used.'],
      ['blocked', 'BOOLEAN NOT NULL', 'Whether the card was lost, stolen or stopped.'],
    ],
  },
]
