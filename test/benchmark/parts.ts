// The parts of the benchmark, in the order they are measured.
import { day } from './parts/day.ts'
import { journal } from './parts/journal.ts'
import { orders } from './parts/orders.ts'
import { page } from './parts/page.ts'
import type { Part } from './parts/part.ts'
import { program } from './parts/program.ts'

export const parts: readonly Part[] = [journal, orders, page, program, day]
