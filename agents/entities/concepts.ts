/** What adjectives and units measure, as words to look for among column names, likeliest first. */

export const size = [
  'size',
  'area',
  'surface',
  'amount',
  'total',
  'population',
  'capacity',
  'volume',
]
export const price = ['price', 'cost', 'fee', 'amount']
export const time = [
  'date',
  'year',
  'time',
  'birth',
  'founded',
  'open',
  'launch',
  'join',
  'created',
]
export const length = ['length', 'duration', 'distance', 'height', 'minutes', 'time']
export const age = ['age', 'birth', 'founded', 'year']
export const weight = ['weight', 'mass']
export const height = ['height', 'elevation', 'altitude']

export const place = ['city', 'town', 'location', 'address', 'country', 'place', 'region', 'state']

/** What a number's unit measures, as words to look for among columns. */
export const unitConcepts: Readonly<Record<string, readonly string[]>> = {
  sqm: size,
  m2: size,
  'm²': size,
  square: size,
  kg: weight,
  kilos: weight,
  km: length,
  miles: length,
  minutes: length,
  hours: length,
  euro: price,
  euros: price,
  eur: price,
  dollar: price,
  dollars: price,
  usd: price,
}
