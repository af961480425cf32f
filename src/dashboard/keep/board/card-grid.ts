/** Where cards lie on their board: a grid of columns, as high as it needs to be, on which no two overlap. */
import type { Card, CardLayout } from '../../../../data/store/app-store.js'

const gridColumns = 12
/** In cells. */
const usualSize = { width: 6, height: 4 }
const numberSize = { width: 4, height: 2 }
const leastSize = { width: 3, height: 2 }
const mostHeight = 12
/** Where a new card may begin. */
const gapStep = 2

export type Layouts = ReadonlyMap<string, CardLayout>

/** Of all cards: those without a place come last, in the order given. */
export function layOut(cards: readonly Pick<Card, 'id' | 'layout' | 'chartKind'>[]): Layouts {
  const placed = cards.filter(({ layout }) => layout).sort(byPlace)
  const others = cards.filter(({ layout }) => !layout)
  const layouts = new Map<string, CardLayout>()
  for (const { id, layout } of placed) layouts.set(id, firstFree(fitting(layout), layouts))
  for (const { id, chartKind } of others)
    layouts.set(id, firstGap(chartKind === 'number' ? numberSize : usualSize, layouts))
  return layouts
}

/** One card goes where it is wanted, and those in its way below it; nothing else moves, but up into the gaps. */
export function moveCard(layouts: Layouts, id: string, wanted: CardLayout): Layouts {
  const moved = new Map([[id, fitting(wanted)]])
  const others = [...layouts].filter(([other]) => other !== id)
  for (const [other, layout] of others.sort(([, one], [, next]) => compare(one, next)))
    moved.set(other, firstFree(layout, moved))
  return pulledUp(moved)
}

/** In the order in which they are read. */
export function readingOrder(layouts: Layouts): readonly string[] {
  return [...layouts].sort(([, one], [, next]) => compare(one, next)).map(([id]) => id)
}

function pulledUp(layouts: Layouts): Layouts {
  const pulled = new Map<string, CardLayout>()
  for (const id of readingOrder(layouts)) {
    let layout = layouts.get(id) as CardLayout
    while (layout.y > 0 && isFree({ ...layout, y: layout.y - 1 }, pulled))
      layout = { ...layout, y: layout.y - 1 }
    pulled.set(id, layout)
  }
  return pulled
}

/** The same columns, as far down as needed. */
function firstFree(wanted: CardLayout, taken: Layouts): CardLayout {
  let layout = wanted
  while (!isFree(layout, taken)) layout = { ...layout, y: layout.y + 1 }
  return layout
}

/** Left before right, above before below. */
function firstGap(size: Pick<CardLayout, 'width' | 'height'>, taken: Layouts): CardLayout {
  for (let y = 0; ; y += 1) {
    for (let x = 0; x + size.width <= gridColumns; x += gapStep) {
      const layout = { ...size, x, y }
      if (isFree(layout, taken)) return layout
    }
  }
}

function isFree(layout: CardLayout, taken: Layouts): boolean {
  return [...taken.values()].every((other) => !overlap(layout, other))
}

function overlap(one: CardLayout, other: CardLayout): boolean {
  const across = one.x < other.x + other.width && other.x < one.x + one.width
  return across && one.y < other.y + other.height && other.y < one.y + one.height
}

function fitting({ x, y, width, height }: CardLayout = { ...usualSize, x: 0, y: 0 }): CardLayout {
  const fit = between(leastSize.width, width, gridColumns)
  return {
    x: between(0, x, gridColumns - fit),
    y: Math.max(0, y),
    width: fit,
    height: between(leastSize.height, height, mostHeight),
  }
}

function between(least: number, value: number, most: number): number {
  return Math.min(most, Math.max(least, value))
}

function byPlace(one: Pick<Card, 'layout'>, other: Pick<Card, 'layout'>): number {
  return compare(fitting(one.layout), fitting(other.layout))
}

function compare(one: CardLayout, other: CardLayout): number {
  return one.y - other.y || one.x - other.x
}
