// Where things lie on a kiosk, and where the page is served: what more than one part has to agree on.
import { runtimeUser } from './users.ts'

/** Of the runtime: journal, counters, identity, configuration. */
export const dataFolder = '/var/lib/kiosk'
/** Of the updater: releases, and `current`, which links to the one that runs. */
export const releasesFolder = '/opt/kiosk'
export const currentRelease = `${releasesFolder}/current`
export const node = `${currentRelease}/node/bin/node`
export const app = `${currentRelease}/app`
export const configFile = '/etc/kiosk/config.json'
/** By which the machine is set up on its own screen as long as it has no configuration (docs/first-setup.md). */
export const planFile = '/etc/kiosk/setup.json'
export const machineFile = '/etc/kiosk/machine.json'
/** Of the screen: the page and the words that are there when nothing else is. */
export const rescueFolder = '/usr/share/kiosk/rescue'
/** Of the runtime unit: it asks here for another browser (kiosk/watchdog/joining.ts). */
export const runFolder = '/run/kiosk'

export const screenHost = '127.0.0.1'
/** Where no configuration says another. */
export const usualScreenPort = 8010

/** Folders that belong to the runtime alone. */
export const runtimeOwned = { mode: 0o700, owner: runtimeUser.name, group: runtimeUser.name }
