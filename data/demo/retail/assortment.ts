/** What the demo's shops sell: categories with their price range, season and product names. */
import { words } from '../words.js'

export interface CategoryPlan {
  readonly name: string
  /** Share of baskets, relative to the other categories. */
  readonly weight: number
  /** Lowest and highest list price, in cents. */
  readonly priceRange: readonly [number, number]
  /** Unit cost as a percentage of the list price, lowest and highest. */
  readonly costPercent: readonly [number, number]
  /** Demand by month, January first, 100 is usual. */
  readonly season: readonly number[]
  /** Share of sold lines that come back, in percent. */
  readonly returnPercent: number
  /** Most units of one line. */
  readonly maxQuantity: number
  readonly items: readonly string[]
}

const EVEN = [100, 100, 100, 100, 100, 100, 100, 100, 100, 100, 100, 100]
const GIFTS = [70, 80, 85, 90, 90, 90, 85, 90, 95, 105, 160, 220]
const SUMMER = [60, 70, 100, 140, 170, 160, 140, 110, 90, 70, 55, 50]
const WARDROBE = [80, 80, 110, 115, 105, 100, 85, 95, 125, 115, 120, 110]
const TERM = [100, 90, 90, 90, 85, 80, 80, 130, 150, 105, 115, 140]

export const CATEGORY_PLANS: readonly CategoryPlan[] = [
  plan(
    'Electronics',
    9,
    [1900, 89900],
    [62, 80],
    GIFTS,
    6,
    2,
    words(`Headphones, Speaker, Tablet, Keyboard, Monitor,
      Webcam, Charger, Smart Watch, Router, Camera`),
  ),
  plan(
    'Clothing',
    16,
    [900, 14900],
    [40, 58],
    WARDROBE,
    9,
    3,
    words(`T-Shirt, Jacket, Jeans, Sweater, Dress,
      Scarf, Shirt, Coat, Socks, Skirt`),
  ),
  plan(
    'Groceries',
    26,
    [120, 1900],
    [66, 84],
    EVEN,
    1,
    8,
    words(`Coffee Beans, Olive Oil, Pasta, Honey, Granola,
      Green Tea, Chocolate, Rice, Almonds, Jam`),
  ),
  plan(
    'Furniture',
    4,
    [4900, 119900],
    [52, 68],
    EVEN,
    4,
    2,
    words(`Desk, Office Chair, Bookshelf, Sofa, Dining Table,
      Bed Frame, Wardrobe, Side Table, Bench, Stool`),
  ),
  plan(
    'Toys',
    9,
    [500, 8900],
    [45, 62],
    GIFTS,
    3,
    3,
    words(`Puzzle, Building Blocks, Board Game, Train Set, Doll,
      Kite, Plush Bear, Race Car, Science Kit, Yo-Yo`),
  ),
  plan(
    'Sports',
    8,
    [800, 49900],
    [48, 65],
    SUMMER,
    6,
    2,
    words(`Running Shoes, Yoga Mat, Tennis Racket, Football, Dumbbells,
      Bicycle Helmet, Backpack, Tent, Swim Goggles, Skipping Rope`),
  ),
  plan(
    'Beauty',
    11,
    [400, 6900],
    [35, 55],
    GIFTS,
    2,
    4,
    words(`Face Cream, Shampoo, Perfume, Lip Balm, Hand Soap,
      Sunscreen, Body Lotion, Nail Polish, Hair Brush, Bath Salt`),
  ),
  plan(
    'Books',
    8,
    [600, 4900],
    [50, 66],
    TERM,
    2,
    3,
    words(`Cookbook, Travel Guide, Crime Novel, Atlas, Poetry Collection,
      Dictionary, Biography, Picture Book, Notebook, Calendar`),
  ),
  plan(
    'Garden',
    5,
    [300, 39900],
    [46, 64],
    SUMMER,
    3,
    4,
    words(`Watering Can, Plant Pot, Lawn Mower, Garden Hose, Rake,
      Bird Feeder, Grill, Parasol, Flower Seeds, Deck Chair`),
  ),
  plan(
    'Kitchen',
    9,
    [500, 29900],
    [48, 66],
    EVEN,
    4,
    3,
    words(`Frying Pan, Kettle, Toaster, Knife Set, Blender,
      Mixing Bowl, Baking Tray, Coffee Maker, Water Glass, Dinner Plate`),
  ),
]

function plan(
  name: string,
  weight: number,
  priceRange: readonly [number, number],
  costPercent: readonly [number, number],
  season: readonly number[],
  returnPercent: number,
  maxQuantity: number,
  items: readonly string[],
): CategoryPlan {
  return { name, weight, priceRange, costPercent, season, returnPercent, maxQuantity, items }
}
