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
export const unitConcepts: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
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
  }),
)

/** Words in the names of columns that are measured in a unit: "per square metre" divides by an area. */
export const measuredIn: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    square: ['sqm', 'm2', 'area', 'surface', 'size', 'sqft'],
    sqm: ['sqm', 'm2', 'area', 'surface', 'size'],
    m2: ['sqm', 'm2', 'area', 'surface', 'size'],
    'm²': ['sqm', 'm2', 'area', 'surface', 'size'],
    kg: ['kg', 'weight'],
    kilo: ['kg', 'weight'],
    kilogram: ['kg', 'weight'],
    km: ['km', 'distance'],
    kilometre: ['km', 'distance'],
    kilometer: ['km', 'distance'],
    mile: ['mile', 'distance'],
    hour: ['hour'],
    minute: ['minute'],
  }),
)
