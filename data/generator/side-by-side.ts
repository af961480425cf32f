/** Works through a list with several tasks at once. */

/**
 * Items begin in their order, at most `tasks` of them at a time; none begins after a result that ends it.
 * Results come in the order of their items, without those of items that never began.
 */
export async function sideBySide<Item, Result>(
  items: readonly Item[],
  tasks: number,
  work: (item: Item) => Promise<Result>,
  ends: (result: Result) => boolean,
): Promise<readonly Result[]> {
  const results = new Map<number, Result>()
  let next = 0
  const goOn = async () => {
    while (next < items.length) {
      const at = next++
      const result = await work(items[at] as Item)
      results.set(at, result)
      if (ends(result)) next = items.length
    }
  }
  await Promise.all(Array.from({ length: tasks }, goOn))
  return [...results].sort(([one], [other]) => one - other).map(([, result]) => result)
}
