/** What the online shop sells: departments with their makers, kinds, prices and season. */
import { type Random, shuffled } from '../../random.js'
import { dayOf } from '../calendar.js'
import { roundTo, zipfWeights } from '../skew.js'
import { words } from '../words.js'

export interface Product {
  readonly id: number
  readonly name: string
  readonly category: string
  readonly brand: string
  readonly priceCents: number
  readonly costCents: number
  readonly stock: number
  readonly added: number
  readonly discontinued: number | undefined
  /** Average of the stars it will get. */
  readonly quality: number
  readonly popularity: number
}

interface Department {
  readonly name: string
  readonly brands: readonly string[]
  readonly kinds: readonly string[]
  /** Lowest and highest price, in euros. */
  readonly prices: readonly [number, number]
  /** How much of the shop's orders it draws. */
  readonly weight: number
}

const DEPARTMENTS: readonly Department[] = [
  department(
    'Home & Living',
    [8, 180],
    20,
    'Lunaro, Bramble, Oakline, Casa Verde',
    'Table Lamp, Throw Blanket, Wall Clock, Vase, Cushion, Rug, Mirror, Candle Set, Storage Box, Curtain, Picture Frame, Laundry Basket',
  ),
  department(
    'Consumer Electronics',
    [15, 950],
    17,
    'Voltix, Nordwave, Pulsar, Quanta',
    'Earbuds, Bluetooth Speaker, Power Bank, Fitness Tracker, Webcam, Mechanical Keyboard, Gaming Mouse, Portable Monitor, Smart Plug, E-Reader, Dash Camera, Noise-Cancelling Headset',
  ),
  department(
    'Fashion',
    [9, 160],
    24,
    'Maren, Ilva, Stitch & Co, Havel',
    'Linen Shirt, Denim Jacket, Wool Sweater, Chinos, Summer Dress, Raincoat, Leather Belt, Beanie, Sneakers, Ankle Boots, Silk Scarf, Tote Bag',
  ),
  department(
    'Health & Beauty',
    [4, 75],
    15,
    'Aloette, Purelle, Botanica, Senzo',
    'Day Cream, Night Serum, Shampoo Bar, Body Lotion, Face Mask, Lip Balm, Hand Cream, Bath Oil, Hair Brush, Nail Set, Sun Spray, Electric Toothbrush',
  ),
  department(
    'Sports & Outdoors',
    [7, 320],
    12,
    'Alpenrose, Strider, Kayan, Ridgeway',
    'Yoga Mat, Trail Backpack, Sleeping Bag, Water Bottle, Resistance Bands, Bike Light, Camping Stove, Running Vest, Climbing Chalk, Swim Cap, Foam Roller, Hiking Poles',
  ),
  department(
    'Toys & Games',
    [5, 95],
    8,
    'Tumble, Bricklet, Puzzlewood, Orbit Kids',
    'Marble Run, Board Game, Plush Fox, Puzzle, Wooden Train, Science Kit, Card Game, Kite, Doll House, Toy Drone, Building Set, Modelling Clay',
  ),
]

const FIRST_ADDED = dayOf(2021, 3, 1)
const LAST_ADDED = dayOf(2025, 9, 1)
/** Share of the products that were there before the first order, in percent. */
const FOUNDING_PERCENT = 62
const DISCONTINUED_PERCENT = 12
const SOLD_OUT_PERCENT = 6

export function createProducts(random: Random): readonly Product[] {
  const kinds = DEPARTMENTS.flatMap(({ brands, kinds, ...department }) =>
    kinds.flatMap((kind) => brands.map((brand) => ({ ...department, kind, brand }))),
  )
  const ranks = shuffled(zipfWeights(kinds.length, 0.72), random)
  return kinds.map(({ name, kind, brand, prices, weight }, index) => {
    const [lowest, highest] = prices
    const euros = lowest + (highest - lowest) * random.fraction() ** 2.5
    const priceCents = Math.max(199, roundTo(100, euros * 100) - 1)
    const added = random.chance(FOUNDING_PERCENT)
      ? random.integer(FIRST_ADDED, dayOf(2022, 12, 31))
      : random.integer(dayOf(2023, 1, 1), LAST_ADDED)
    const discontinued = random.chance(DISCONTINUED_PERCENT)
      ? random.integer(Math.max(added, dayOf(2023, 6, 1)) + 60, dayOf(2025, 12, 20))
      : undefined
    const sellsOn = discontinued === undefined && !random.chance(SOLD_OUT_PERCENT)
    return {
      id: index + 1,
      name: `${brand} ${kind}`,
      category: name,
      brand,
      priceCents,
      costCents: Math.round((priceCents * random.integer(38, 74)) / 100),
      stock: sellsOn ? random.integer(3, 400) : 0,
      added,
      discontinued,
      quality: 3.1 + 1.6 * random.fraction(),
      popularity: weight * ranks[index]!,
    }
  })
}

export function productRow(product: Product) {
  const { id, name, category, brand, priceCents, costCents, stock, added, discontinued } = product
  return [id, name, category, brand, priceCents, costCents, stock, added, discontinued ?? null]
}

function department(
  name: string,
  prices: readonly [number, number],
  weight: number,
  brands: string,
  kinds: string,
): Department {
  return { name, prices, weight, brands: words(brands), kinds: words(kinds) }
}
