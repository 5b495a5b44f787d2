import { styleText } from 'node:util'

type Style = Parameters<typeof styleText>[0]

/** Colour is for people: not when piped, not with NO_COLOR (no-color.org), not for a terminal that has none. */
export function hasColor(
  stream: { readonly isTTY?: boolean | undefined } = process.stdout,
  env: NodeJS.ProcessEnv = process.env,
): boolean {
  return stream.isTTY === true && !env.NO_COLOR && env.TERM !== 'dumb'
}

export function style(style: Style, text: string): string {
  return hasColor() ? styleText(style, text, { validateStream: false }) : text
}

export const heading = (text: string): string => style('bold', text)
export const dim = (text: string): string => style('dim', text)
export const good = (text: string): string => style('green', text)
export const bad = (text: string): string => style('red', text)
export const notable = (text: string): string => style('yellow', text)
