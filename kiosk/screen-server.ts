// Serves the customer's page: the kiosk's views down, the customer's presses up.
import type { Pressed as PressedOnPage, View } from '../ui/kiosk/screen.ts'
import { pageServer, type PageServer, type PageServerOptions } from './page-server.ts'
import { Pressed } from './presses.ts'

export type ScreenServerOptions = Omit<PageServerOptions<View, PressedOnPage>, 'presses'>
export type ScreenServer = PageServer<View>

/** Rejects when the port cannot be had. */
export const screenServer = (options: ScreenServerOptions): Promise<ScreenServer> =>
  pageServer({ ...options, presses: Pressed })
