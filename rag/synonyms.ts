/** Business words that mean the same in most databases, and the short forms columns are named with. */
import { stem } from './words.js'

/** Each row is one meaning; a word may stand in several rows. */
const meanings: readonly (readonly string[])[] = [
  ['revenue', 'sale', 'turnover', 'takings', 'proceeds', 'sell'],
  ['customer', 'client', 'buyer', 'shopper', 'cust'],
  ['store', 'shop', 'outlet', 'branch'],
  ['employee', 'staff', 'worker', 'personnel', 'emp'],
  ['salary', 'wage', 'pay', 'compensation'],
  ['product', 'item', 'article', 'goods', 'merchandise', 'prod', 'sku'],
  ['category', 'type', 'kind', 'class', 'cat'],
  ['cost', 'expense', 'spending', 'expenditure', 'spend'],
  ['amount', 'value', 'amt'],
  ['quantity', 'unit', 'volume', 'qty'],
  ['order', 'purchase', 'buy', 'ord'],
  ['supplier', 'vendor', 'provider'],
  ['country', 'nation'],
  ['city', 'town'],
  ['region', 'area', 'territory', 'zone'],
  ['size', 'area', 'surface', 'space'],
  ['discount', 'rebate', 'markdown'],
  ['promotion', 'campaign', 'offer', 'promo'],
  ['return', 'refund'],
  ['profit', 'earnings', 'gain'],
  ['target', 'goal', 'quota', 'objective'],
  ['email', 'mail'],
  ['phone', 'telephone', 'tel'],
  ['birth', 'birthday', 'birthdate', 'dob', 'born'],
  ['gender', 'sex'],
  ['name', 'title'],
  ['reason', 'cause'],
  ['teacher', 'instructor', 'professor', 'lecturer'],
  ['student', 'pupil', 'learner'],
  ['doctor', 'physician'],
  ['car', 'automobile', 'vehicle'],
  ['movie', 'film'],
  ['song', 'track'],
  ['plane', 'airplane', 'aircraft'],
  ['invoice', 'bill', 'inv'],
  ['transaction', 'txn', 'trans'],
  ['inventory', 'stock'],
  ['warehouse', 'depot'],
  ['shipment', 'delivery', 'ship', 'deliver'],
  ['department', 'division', 'dept'],
  ['manager', 'boss', 'supervisor', 'mgr'],
  [
    'company',
    'firm',
    'business',
    'organization',
    'organisation',
    'enterprise',
    'corporation',
    'org',
  ],
  ['rating', 'score'],
  ['review', 'feedback'],
  ['population', 'inhabitant', 'resident'],
  ['segment', 'group'],
  ['start', 'begin'],
  ['end', 'finish'],
  ['close', 'shut'],
  ['number', 'num', 'nbr', 'no'],
  ['address', 'addr'],
  ['description', 'desc'],
  ['account', 'acct'],
  ['year', 'yr'],
  ['month', 'mth'],
  ['percent', 'percentage', 'pct'],
]

const synonymsByStem = indexByStem(meanings)

/** True when two words share a stem or a meaning: `clients` and `customer`. */
export function areSynonyms(first: string, second: string): boolean {
  const other = stem(second)
  return stem(first) === other || synonymsOf(first).includes(other)
}

/** Stems of the words that mean the same, without the word's own. */
export function synonymsOf(word: string): readonly string[] {
  return synonymsByStem.get(stem(word)) ?? []
}

function indexByStem(rows: readonly (readonly string[])[]): ReadonlyMap<string, readonly string[]> {
  const index = new Map<string, string[]>()
  for (const row of rows) {
    const stems = row.map(stem)
    for (const own of stems) {
      const others = stems.filter((other) => other !== own)
      index.set(own, [...new Set([...(index.get(own) ?? []), ...others])])
    }
  }
  return index
}
