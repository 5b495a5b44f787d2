/** What one may do: a viewer reads, an operator changes deployments, an admin changes who may do what. */
export type Role = 'viewer' | 'operator' | 'admin'

export const roles: readonly Role[] = ['viewer', 'operator', 'admin']

export interface User {
  id: string
  name: string
  role: Role
  createdAt: string
}

export interface NewUser {
  name: string
  role: Role
}

/** A row as PostgreSQL's client gives it. */
export interface UserRow {
  id: string
  name: string
  role: Role
  created_at: Date
}

export function userOf(row: UserRow): User {
  return { id: row.id, name: row.name, role: row.role, createdAt: row.created_at.toISOString() }
}

/** Whether a role includes another: an admin is an operator as well. */
export function includesRole(role: Role, wanted: Role): boolean {
  return roles.indexOf(role) >= roles.indexOf(wanted)
}
