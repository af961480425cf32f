/** The four years that the shop chain's data covers. */
import { dayOf } from '../calendar.js'

export const FIRST_DAY = dayOf(2022, 1, 1)
export const LAST_DAY = dayOf(2025, 12, 31)
export const YEARS = [2022, 2023, 2024, 2025] as const
