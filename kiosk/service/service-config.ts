// What the configuration says of the maintenance mode: who may come in, and how many it takes for the cash box.
import { z } from 'zod'
import { closedObject } from '../../domain/config-problems.ts'
import { PersonNumber, Role } from '../../domain/service/person.ts'
import { pinHashPattern } from './pin-hash.ts'

export const ServiceConfig = closedObject({
  /** `npm run person` makes one. */
  persons: z
    .array(
      closedObject({
        number: PersonNumber,
        name: z.string().trim().min(1, 'must not be empty').max(40),
        role: Role,
        /** Never the PIN itself. */
        pin: z.string().regex(pinHashPattern, 'must be what "npm run person" has made of a PIN'),
      }),
    )
    .max(50)
    .refine(
      (persons) => new Set(persons.map(({ number }) => number)).size === persons.length,
      'must name each number once',
    ),
  /** Whether a second person has to sign for an exchange of the cash box. */
  twoForCashBox: z.boolean(),
})
export type ServiceConfig = z.infer<typeof ServiceConfig>
