// The users that the programs of a kiosk run as: each can do what its program needs and nothing else.
import type { Part } from '../declared.ts'
import { runtimeUser, screenUser, checkUser, updateUser } from '../users.ts'

export const users = (): Part => ({
  name: 'users',
  users: [runtimeUser, screenUser, updateUser, checkUser],
})
