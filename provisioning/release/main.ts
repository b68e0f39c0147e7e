// `npm run release -- --key FILE --out DIR [--number N]` makes a signed release; `--new-key FILE` makes a key pair: the private
// half in FILE, the public one, for the kiosks, in FILE.pub.
import { execFileSync } from 'node:child_process'
import { createPrivateKey, generateKeyPairSync } from 'node:crypto'
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import packageJson from '../../package.json' with { type: 'json' }
import { layRelease, pack, signFolder } from './making.ts'

const usage = `usage: npm run release -- --key FILE --out DIR [--number N]
       npm run release -- --new-key FILE`
const project = resolve(import.meta.dirname, '../..')
const say = (line: string): void => void process.stdout.write(`${line}\n`)

const newKey = (file: string): void => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  // Never over a key that kiosks already know.
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' })
  writeFileSync(file, pem, { mode: 0o600, flag: 'wx' })
  writeFileSync(`${file}.pub`, publicKey.export({ type: 'spki', format: 'pem' }), { flag: 'wx' })
  say(`${file} signs releases: keep it off every kiosk and every server.`)
  say(`${file}.pub goes to every kiosk as /etc/kiosk/release-key.pem.`)
}

/** One more than the highest in the folder. */
const nextNumber = (out: string): number =>
  1 +
  Math.max(
    0,
    ...readdirSync(out).map((name) => Number(/^wattpoint-.*-(\d+)\.tar\.gz$/.exec(name)?.[1] ?? 0)),
  )

const make = async (keyFile: string, out: string, asked: number | null): Promise<void> => {
  const key = createPrivateKey(readFileSync(keyFile))
  if (key.asymmetricKeyType !== 'ed25519') throw new Error(`${keyFile} is no key of Ed25519`)
  mkdirSync(out, { recursive: true })
  const number = asked ?? nextNumber(out)
  const version = `${packageJson.version}-${number}`
  const bundle = join(out, `wattpoint-${version}.tar.gz`)
  const vite = join(project, 'node_modules/vite/bin/vite.js')
  execFileSync(process.execPath, [vite, 'build', '--logLevel', 'warn'], {
    cwd: project,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const folder = mkdtempSync(join(tmpdir(), 'release-'))
  try {
    const manifest = await layRelease(project, { version, number, folder })
    signFolder(folder, manifest, key)
    const time = execFileSync('git', ['log', '-1', '--format=%ct'], { cwd: project })
    pack(folder, bundle, Number(time.toString()), key)
    copyFileSync(join(import.meta.dirname, 'install.sh'), join(out, 'install.sh'))
    const megabytes = Math.round(statSync(bundle).size / 1e6)
    say(`${bundle}: ${Object.keys(manifest.files).length} files, ${megabytes} MB, number ${number}`)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const main = async (): Promise<void> => {
  const { values } = parseArgs({
    options: {
      key: { type: 'string' },
      out: { type: 'string' },
      number: { type: 'string' },
      'new-key': { type: 'string' },
    },
  })
  const { key, out, number } = values
  if (values['new-key'] !== undefined) return newKey(values['new-key'])
  const asked = number === undefined ? null : Number(number)
  const isNumber = asked === null || (Number.isInteger(asked) && asked > 0)
  if (key === undefined || out === undefined || !isNumber) throw new Error(usage)
  return make(key, resolve(out), asked)
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
})
