/** The words of trade and of measuring that most databases of business share. */
import { stem } from '../../../rag/words.js'

/** Everyday words for money taken in; they stand for the principal amount of a table of transactions. */
export const revenueWords = new Set([
  'sale',
  'sales',
  'revenue',
  'revenues',
  'turnover',
  'income',
  'takings',
  'earnings',
  'spend',
  'spends',
  'spent',
  'spending',
])

/** Everyday words for what is left of money taken in after the cost of what was sold. */
export const profitWords: ReadonlySet<string> = new Set(['profit', 'profits', 'margin', 'margins'])

/** Stems of the words for what was meant to come in. */
export const plannedWords: ReadonlySet<string> = new Set(
  'target plan planned budget budgeted quota goal forecast objective'.split(' ').map(stem),
)

/** Verbs of trade: they point at a table of transactions without naming it. */
export const tradeVerbs: ReadonlySet<string> = new Set(
  'buy bought buys buying purchased purchasing sell sold sells selling ordered ordering shopped'.split(
    ' ',
  ),
)

/** Everyday names for one transaction. */
export const tradeNouns: ReadonlySet<string> = new Set(
  'order orders purchase purchases transaction transactions basket baskets ticket tickets receipt receipts sale sales invoice invoices'.split(
    ' ',
  ),
)

/** Stems of the names of tables that hold transactions. */
export const tradeTables: readonly string[] = [
  'sale',
  'order',
  'purchase',
  'transaction',
  'invoice',
  'booking',
].map(stem)

/** Stems of the names of tables that "who" asks about, likeliest first. */
export const personTables: readonly string[] = [
  'customer',
  'client',
  'buyer',
  'user',
  'member',
  'employee',
  'staff',
  'person',
  'people',
  'student',
  'player',
  'teacher',
  'patient',
  'author',
  'artist',
  'singer',
  'driver',
  'guest',
  'passenger',
  'owner',
  'supplier',
].map(stem)

/** Words of column names whose values add up over rows, and of those that do not. */
export const additiveWords: ReadonlySet<string> = new Set(
  'amount total quantity qty revenue sale sales unit units count cost spend volume paid payment profit hours minutes refund income turnover budget salary target votes points number num goals sum value gdp population balance debt deposit donation seats users visitors passengers'
    .split(' ')
    .map(stem),
)
export const averagedWords: ReadonlySet<string> = new Set(
  'price rate rating age size area percent percentage pct ratio score height weight temperature year latitude longitude grade speed duration length distance capacity'
    .split(' ')
    .map(stem),
)
