// Whoever may sign in: added, given another role, locked out, given a new password.
import { useState } from 'preact/hooks'
import type { StaffRow } from '../../../domain/console/staff-room.ts'
import type { StaffRole } from '../../../domain/console/staff.ts'
import { useAnswer } from '../asking.ts'
import { DeedDialog } from '../parts/dialog.tsx'
import { Check, Choice, Field } from '../parts/fields.tsx'
import { Page } from '../parts/page.tsx'
import { Answered, Note } from '../parts/problem.tsx'
import { Status } from '../parts/status.tsx'
import { Table, type Column } from '../parts/table.tsx'
import { Id, When } from '../parts/values.tsx'
import { me } from '../signed-in.ts'
import { format } from '../texts/format.ts'
import { words } from '../texts/words.ts'

const roles: readonly StaffRole[] = ['operator', 'call centre', 'accounts', 'administrator']
const roleOf = (text: string): StaffRole => roles.find((role) => role === text) ?? 'operator'

export const StaffPage = () => {
  const { staff } = words()
  const answer = useAnswer('staff', {})
  const [open, setOpen] = useState<'add' | StaffRow | null>(null)
  const close = () => setOpen(null)
  return (
    <Page
      title={staff.title}
      about={staff.about}
      actions={
        <button type="button" class="button main" onClick={() => setOpen('add')}>
          {staff.add}
        </button>
      }
    >
      <Answered answer={answer}>
        {({ staff: rows }) => (
          <Table
            label={staff.title}
            columns={columnsOf(setOpen)}
            rows={rows}
            rowKey={({ name }) => name}
          />
        )}
      </Answered>
      {open === 'add' && <Add onClose={close} />}
      {open !== null && open !== 'add' && <Change row={open} onClose={close} />}
    </Page>
  )
}

const columnsOf = (change: (row: StaffRow) => void): Column<StaffRow>[] => {
  const { columns, roles, roleTold, states, never, you, change: changeWord } = words().staff
  return [
    {
      key: 'name',
      label: columns.fullName,
      sort: ({ fullName }) => fullName,
      cell: ({ fullName, name }) => (
        <>
          {fullName}
          {name === me.value?.member.name && <span class="tag">{you}</span>}
        </>
      ),
    },
    {
      key: 'as',
      label: columns.name,
      sort: ({ name }) => name,
      cell: ({ name }) => <Id of={name} />,
    },
    {
      key: 'role',
      label: columns.role,
      sort: ({ role }) => role,
      cell: ({ role }) => (
        <>
          {roles[role]}
          <small class="below">{roleTold[role]}</small>
        </>
      ),
    },
    {
      key: 'state',
      label: columns.state,
      sort: ({ active, lockedUntil }) => (active ? (lockedUntil === null ? 2 : 1) : 0),
      cell: ({ active, lockedUntil }) =>
        !active ? (
          <Status mark="quiet" word={states.inactive} />
        ) : lockedUntil !== null && lockedUntil > Date.now() ? (
          <Status mark="attention" word={states.locked(format().time(lockedUntil))} />
        ) : (
          <Status mark="well" word={states.active} />
        ),
    },
    {
      key: 'last',
      label: columns.lastSignIn,
      sort: ({ lastSignIn }) => lastSignIn ?? 0,
      cell: ({ lastSignIn }) => (lastSignIn === null ? never : <When at={lastSignIn} as="ago" />),
    },
    {
      key: 'since',
      label: columns.since,
      wideOnly: true,
      sort: ({ since }) => since,
      cell: ({ since }) => format().dayOf(since),
    },
    {
      key: 'change',
      label: changeWord,
      labelHeard: true,
      end: true,
      cell: (row) =>
        row.name === me.value?.member.name ? null : (
          <button
            type="button"
            class="button"
            aria-label={words().staff.changeTitle(row.fullName)}
            onClick={() => change(row)}
          >
            {changeWord}
          </button>
        ),
    },
  ]
}

const roleOptions = () => {
  const said = words().staff
  return roles.map((role) => ({ value: role, label: said.roles[role] }))
}

const Add = ({ onClose }: { onClose: () => void }) => {
  const { staff } = words()
  return (
    <DeedDialog
      deed="staff/add"
      title={staff.addTitle}
      submit={staff.addSubmit}
      onClose={onClose}
      asked={(read) => ({
        name: read('name'),
        fullName: read('fullName'),
        role: roleOf(read('role')),
        password: read('password'),
      })}
    >
      <Field name="fullName" label={staff.columns.fullName} maxLength={60} required autoFocus />
      <Field
        name="name"
        label={staff.columns.name}
        hint={staff.nameHint}
        pattern="[a-z][a-z0-9.\-]{1,30}"
        autoComplete="off"
        required
        ltr
      />
      <Choice name="role" label={staff.columns.role} options={roleOptions()} value="operator" />
      <Field
        name="password"
        label={words().frame.signIn.password}
        hint={staff.passwordHint}
        minLength={12}
        maxLength={200}
        autoComplete="off"
        required
        ltr
      />
      <Note>{staff.added}</Note>
    </DeedDialog>
  )
}

const Change = ({ row, onClose }: { row: StaffRow; onClose: () => void }) => {
  const { staff } = words()
  return (
    <DeedDialog
      deed="staff/change"
      title={staff.changeTitle(row.fullName)}
      submit={staff.changeSubmit}
      onClose={onClose}
      asked={(read) => {
        const role = roleOf(read('role'))
        const active = read('active') === 'yes'
        const password = read('password')
        return {
          name: row.name,
          ...(role === row.role ? {} : { role }),
          ...(active === row.active ? {} : { active }),
          ...(password === '' ? {} : { password }),
        }
      }}
    >
      <Choice name="role" label={staff.columns.role} options={roleOptions()} value={row.role} />
      <Check name="active" label={staff.mayWork} checked={row.active} />
      <Field
        name="password"
        label={staff.newPassword}
        hint={staff.newPasswordHint}
        minLength={12}
        maxLength={200}
        autoComplete="off"
        required={false}
        ltr
      />
    </DeedDialog>
  )
}
