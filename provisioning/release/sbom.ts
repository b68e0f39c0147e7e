// The list of what others made and a release brings along: CycloneDX 1.5.
import type { Lockfile } from './lockfile.ts'

type Component = {
  type: 'library'
  name: string
  version: string
  purl: string
  licenses?: { expression: string }[]
  hashes?: { alg: 'SHA-512'; content: string }[]
}

/** `node`: the version of the Node that comes along. */
export const sbomOf = (of: {
  lockfile: Lockfile
  places: readonly string[]
  version: string
  node: string
}): object => ({
  bomFormat: 'CycloneDX',
  specVersion: '1.5',
  version: 1,
  metadata: { component: { type: 'application', name: 'wattpoint', version: of.version } },
  components: [
    {
      type: 'platform',
      name: 'node',
      version: of.node,
      purl: `pkg:generic/node@${of.node}`,
      licenses: [{ expression: 'MIT' }],
    },
    ...of.places.flatMap((place) => componentOf(of.lockfile, place)),
  ],
})

const componentOf = ({ packages }: Lockfile, place: string): Component[] => {
  const { version, license, integrity, link } = packages[place] ?? {}
  // A link leads to something of our own.
  if (version === undefined || link === true) return []
  const name = place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length)
  return [
    {
      type: 'library',
      name,
      version,
      purl: `pkg:npm/${name.replace('@', '%40')}@${version}`,
      ...(license !== undefined && { licenses: [{ expression: license }] }),
      ...(integrity?.startsWith('sha512-') === true && {
        hashes: [
          {
            alg: 'SHA-512' as const,
            content: Buffer.from(integrity.slice('sha512-'.length), 'base64').toString('hex'),
          },
        ],
      }),
    },
  ]
}
