/** A home with the shop beside it, for the tests of the file or group that calls it. */
import { afterAll, beforeAll } from 'vitest'
import { shopFiles, type TemporaryHome, temporaryHome } from './temporary-product.js'

export interface Shop {
  readonly home: TemporaryHome
  /** The shop's folder. */
  readonly source: string
}

export function useShop(): Shop {
  let shop: Shop | undefined
  beforeAll(async () => {
    const home = await temporaryHome()
    shop = { home, source: await home.write(shopFiles) }
  })
  afterAll(() => shop?.home.remove())
  const there = () => {
    if (!shop) throw new Error('The shop is there only while tests run.')
    return shop
  }
  return {
    get home() {
      return there().home
    },
    get source() {
      return there().source
    },
  }
}
