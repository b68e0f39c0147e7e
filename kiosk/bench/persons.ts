// Who may open the maintenance mode of the bench: one of each role, with PINs that everybody knows. On a kiosk nobody has these.
import type { z } from 'zod'
import type { ServiceConfig } from '../service/service-config.ts'

/** The PINs are 2580, 1379 and 1470; the technician's number is on the management card of the rack too. */
export const benchPersons: z.input<typeof ServiceConfig> = {
  persons: [
    {
      number: '4711',
      name: 'Technician of the bench',
      role: 'technician',
      pin: 'scrypt:15:GJ6t_k_BYjp1edMczjFz3Q:I1gSf5nupMQfDJvxV-oUpMIHJJ097nWoQNQPqDiefBg',
    },
    {
      number: '2001',
      name: 'Cash collector of the bench',
      role: 'cash collector',
      pin: 'scrypt:15:CgfGdQp9Wh8C7a1Kl71KAQ:2mZzBjZk579_fhisNOuo9b-Znl_dgzpmiD9SzdQVJA4',
    },
    {
      number: '3001',
      name: 'Supervisor of the bench',
      role: 'supervisor',
      pin: 'scrypt:15:6Qv70xLNcThNhEa0KSJ6yQ:oKe-cZsTWSFjogc4nbsz8G-Yikfkvt0XQbBLnI7WaJ8',
    },
  ],
  twoForCashBox: true,
}
