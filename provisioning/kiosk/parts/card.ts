// The card reader: the card daemon, which only the runtime may speak to; and what else polkit lets it do.
import { systemFile, systemFolder, type Part } from '../declared.ts'
import { runtimeUser } from '../users.ts'

/** polkit(8). A rule that answers is the end of it: nobody else is asked for a password that no kiosk has. */
export const cardRules = `// Made by provisioning/kiosk; changed by hand it is put back.
polkit.addRule(function (action, subject) {
  var isRuntime = subject.user === '${runtimeUser.name}'
  switch (action.id) {
    case 'org.debian.pcsc-lite.access_pcsc':
    case 'org.debian.pcsc-lite.access_card':
      return isRuntime || subject.user === 'root' ? polkit.Result.YES : polkit.Result.NO
    // The office asks the runtime for it by a signed command.
    case 'org.freedesktop.login1.reboot':
    case 'org.freedesktop.login1.reboot-multiple-sessions':
    case 'org.freedesktop.login1.power-off':
    case 'org.freedesktop.login1.power-off-multiple-sessions':
      return isRuntime ? polkit.Result.YES : polkit.Result.NOT_HANDLED
  }
  return polkit.Result.NOT_HANDLED
})
`

export const card = (): Part => ({
  name: 'card',
  packages: [
    { name: 'pcscd', why: 'speaks to card readers' },
    { name: 'libccid', why: 'the driver of every reader that follows the standard' },
    { name: 'libpcsclite1', why: 'the runtime reaches the card daemon by it' },
    { name: 'polkitd', why: 'the card daemon asks it who may use a card' },
    { name: 'dbus', why: 'polkit is asked over it' },
  ],
  folders: [
    {
      ...systemFolder({
        path: '/etc/polkit-1/rules.d',
        why: 'a rule nobody declared could give anybody anything',
        closed: true,
      }),
      // Polkit reads it as its own user.
      mode: 0o750,
      group: 'polkitd',
    },
  ],
  files: [
    {
      ...systemFile({
        path: '/etc/polkit-1/rules.d/49-kiosk.rules',
        content: cardRules,
        why: 'cards for the runtime alone; restart and power-off by command of the office',
      }),
    },
  ],
  units: [
    { name: 'pcscd.socket', state: 'enabled', running: true, why: 'the card daemon starts on use' },
  ],
})
