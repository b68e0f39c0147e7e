// What a kiosk machine is made of, as data: a part declares packages, users, folders, files, links and units, each with
// its reason. The tool holds a machine against it (--check) and brings a machine to it (--apply). The list is parts.ts.
import type { Facts } from './facts.ts'

/** What kind of thing differs; the heartbeat counts differences by it. */
export type DriftClass =
  | 'file'
  | 'user'
  | 'package'
  | 'unit'
  | 'firewall'
  | 'usb'
  | 'link'
  | 'mount'
  | 'release'

/** One thing that is not as declared. No contents: they may be secret. */
export type Difference = {
  class: DriftClass
  /** A path without the leading slash, or the name of a package, user or unit. */
  what: string
  found: string
  expected: string
}

/** A Debian package that has to be installed. */
export type DeclaredPackage = { name: string; why: string }

/** A system user of ours: no shell, no password, no home of its own. Its group has the same name and number. */
export type DeclaredUser = {
  name: string
  /** Fixed, so that a data partition keeps its owners when the system beside it is made anew. */
  id: number
  /** Further groups; each has to come with Debian or with a package. */
  groups: readonly string[]
  why: string
}

/** What files and folders share. Paths are absolute on the kiosk. */
type Owned = {
  path: string
  /** Permission bits, such as 0o644. */
  mode: number
  owner: string
  group: string
  /** 'file' unless said. */
  class?: DriftClass
  why: string
}

export type DeclaredFolder = Owned & {
  /** Nothing but what is declared may lie in it: the rest is reported, and removed by --apply. */
  closed?: true
}

export type DeclaredFile = Owned & { content: string }

export type DeclaredLink = { path: string; to: string; why: string }

/**
 * A unit of systemd. `enabled`: starts at boot. `masked`: cannot be started by anything. Both are links in the tree, so they
 * can be checked where no systemd runs. `running` is looked at on the running machine only.
 */
export type DeclaredUnit = {
  name: string
  state: 'enabled' | 'masked'
  running?: true
  why: string
}

/** One concern of the machine and all that belongs to it. */
export type Part = {
  name: string
  packages?: readonly DeclaredPackage[]
  users?: readonly DeclaredUser[]
  folders?: readonly DeclaredFolder[]
  files?: readonly DeclaredFile[]
  links?: readonly DeclaredLink[]
  units?: readonly DeclaredUnit[]
}

/** A part is pure: the same facts declare the same machine. */
export type PartOf = (facts: Facts) => Part

/** The parts put together: no path, name or unit stands twice. */
export type Declared = { [Kind in Exclude<keyof Part, 'name'>]-?: NonNullable<Part[Kind]> }

/** A file of the system that anybody may read: most of them are. */
export const systemFile = (
  file: Pick<DeclaredFile, 'path' | 'content' | 'why' | 'class'>,
): DeclaredFile => ({ ...file, mode: 0o644, owner: 'root', group: 'root' })

/** A folder of the system that anybody may read. */
export const systemFolder = (
  folder: Pick<DeclaredFolder, 'path' | 'why' | 'class' | 'closed'>,
): DeclaredFolder => ({ ...folder, mode: 0o755, owner: 'root', group: 'root' })
