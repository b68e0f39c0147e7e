// Makes a bootable disk of a kiosk: `npm run image -- --release FILE --out FOLDER [--config FILE] [--machine FILE]`.
// What lies on it is made by the same tool that a technician runs on a bare machine (provisioning/kiosk).
import { parseArgs } from 'node:util'
import { resolve } from 'node:path'
import { makeImage } from './making.ts'
import { installMissing, buildPrograms, missingFor } from './needed.ts'

const usage = `usage: npm run image -- (--release FILE | --checkout) --out FOLDER [--config FILE] [--machine FILE] [--install]
  --release FILE   the released build, with its signature beside it (FILE.sig) and the key by --key FILE
  --checkout       this checkout as it stands, unsigned: for trying things only
  --config FILE    the configuration of the kiosk; without one the kiosk begins with its first set-up
  --machine FILE   the facts of the machine (usb, disk, watchdog); without one nothing is known of it
  --install        installs the Debian packages that making an image needs`

const say = (line: string) => void process.stdout.write(`image: ${line}\n`)

const main = (): void => {
  const { values } = parseArgs({
    options: {
      release: { type: 'string' },
      key: { type: 'string' },
      checkout: { type: 'boolean', default: false },
      out: { type: 'string' },
      config: { type: 'string' },
      machine: { type: 'string' },
      install: { type: 'boolean', default: false },
    },
  })
  const { release, key, checkout, out, config, machine } = values
  if (out === undefined || (release === undefined) !== checkout) throw new Error(usage)
  if (release !== undefined && key === undefined) {
    throw new Error(
      '--key: found nothing; must name the public release key that the signature is held against',
    )
  }
  if (values.install) installMissing(buildPrograms, say)
  const missing = missingFor()
  if (missing !== null) throw new Error(missing)
  const { disk } = makeImage({
    source:
      release === undefined || key === undefined
        ? { kind: 'checkout' }
        : { kind: 'release', tarball: resolve(release), key: resolve(key) },
    out: resolve(out),
    config: config === undefined ? null : resolve(config),
    machine: machine === undefined ? null : resolve(machine),
    say,
  })
  say(`the disk is ${disk}`)
}

try {
  main()
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
}
