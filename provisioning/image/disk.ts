// A disk from a tree: a table of partitions, the boot partition with GRUB, the system, and the data. No loop mounts and
// no mounts at all, so that it can be made wherever a file can.
import {
  closeSync,
  copyFileSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { run } from './needed.ts'

/** Sizes in MiB. */
export type DiskSizes = { system: number; data: number }

const mib = 1_048_576
const bootMib = 96
/** Partitions begin where every disk likes them to. */
const firstMib = 1

/** What is called what: the same names stand in /etc/fstab by `disk` of machine.json. */
export const labels = { system: 'kiosk-root', data: 'kiosk-data' }

/** Which partition is what stands in fstab: systemd need not guess, and mounts no boot partition on a read-only system. */
export const kernelLine = `root=LABEL=${labels.system} ro systemd.gpt_auto=no panic=10`

/**
 * Writes `disk`. `system` and `data` are trees; in `work` partitions are made, one file each.
 * `kernelWords` are added to the kernel line of the boot loader.
 */
export const makeDisk = (of: {
  system: string
  data: string
  disk: string
  work: string
  sizes: DiskSizes
  kernelWords?: string
}): void => {
  const at = (name: string) => join(of.work, name)
  bootPartition(of.system, at('boot.fat'), of.work, of.kernelWords ?? '')
  const { system, data } = of.sizes
  fileSystem(of.system, at('system.ext4'), labels.system, system)
  fileSystem(of.data, at('data.ext4'), labels.data, data)
  const parts = [
    { file: at('boot.fat'), size: bootMib, type: 'U', name: 'kiosk-boot' },
    { file: at('system.ext4'), size: system, type: 'L', name: labels.system },
    { file: at('data.ext4'), size: data, type: 'L', name: labels.data },
  ]
  const total = parts.reduce((sum, { size }) => sum + size, firstMib + 1)
  sized(of.disk, total)
  const table = parts.map(({ size, type, name }) => `size=${size}MiB, type=${type}, name=${name}`)
  writeFileSync(at('table'), `label: gpt\n${table.join('\n')}\n`)
  run('sh', ['-c', 'sfdisk --quiet "$1" < "$2"', 'sh', of.disk, at('table')])
  let from = firstMib
  for (const { file, size } of parts) {
    run('dd', [
      `if=${file}`,
      `of=${of.disk}`,
      'bs=1M',
      `seek=${from}`,
      'conv=notrunc,sparse',
      'status=none',
    ])
    rmSync(file)
    from += size
  }
}

const sized = (path: string, sizeMib: number): void => {
  const file = openSync(path, 'w')
  ftruncateSync(file, sizeMib * mib)
  closeSync(file)
}

const fileSystem = (tree: string, file: string, label: string, sizeMib: number): void => {
  sized(file, sizeMib)
  run('mke2fs', ['-q', '-t', 'ext4', '-L', label, '-d', tree, file])
}

/** The newest of the kernels in the tree, and its initrd. */
export const kernelOf = (tree: string): { kernel: string; initrd: string } => {
  const named = (start: string): string => {
    const found = readdirSync(join(tree, 'boot'))
      .filter((name) => name.startsWith(start))
      .sort()
      .at(-1)
    if (found === undefined) throw new Error(`there is no ${start}* in /boot of the tree`)
    return join(tree, 'boot', found)
  }
  return { kernel: named('vmlinuz-'), initrd: named('initrd.img-') }
}

/** A UEFI finds EFI/BOOT/BOOTX64.EFI without being told; kernel and initrd lie beside it. */
const bootPartition = (tree: string, file: string, work: string, kernelWords: string): void => {
  const config = join(work, 'grub.cfg')
  writeFileSync(
    config,
    [
      'set timeout=0',
      'search --no-floppy --set=root --file /kiosk/vmlinuz',
      `linux /kiosk/vmlinuz ${kernelLine} quiet ${kernelWords}`.trimEnd(),
      'initrd /kiosk/initrd',
      'boot',
      '',
    ].join('\n'),
  )
  const loader = join(work, 'BOOTX64.EFI')
  run('grub-mkstandalone', [
    '--format=x86_64-efi',
    `--output=${loader}`,
    '--modules=part_gpt fat search search_fs_file linux normal',
    '--locales=',
    '--fonts=',
    '--themes=',
    `boot/grub/grub.cfg=${config}`,
  ])
  const { kernel, initrd } = kernelOf(tree)
  sized(file, bootMib)
  run('mkfs.vfat', ['-n', 'KIOSKBOOT', file])
  run('mmd', ['-i', file, '::/EFI', '::/EFI/BOOT', '::/kiosk'])
  run('mcopy', ['-i', file, loader, '::/EFI/BOOT/BOOTX64.EFI'])
  run('mcopy', ['-i', file, kernel, '::/kiosk/vmlinuz'])
  run('mcopy', ['-i', file, initrd, '::/kiosk/initrd'])
  rmSync(loader)
}

/** Copies kernel and initrd out of the tree, for an emulator that boots them itself. */
export const kernelInto = (tree: string, folder: string): { kernel: string; initrd: string } => {
  mkdirSync(folder, { recursive: true })
  const { kernel, initrd } = kernelOf(tree)
  const copies = { kernel: join(folder, 'vmlinuz'), initrd: join(folder, 'initrd') }
  copyFileSync(kernel, copies.kernel)
  copyFileSync(initrd, copies.initrd)
  return copies
}
