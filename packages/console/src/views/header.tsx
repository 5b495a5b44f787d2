import type { JSX } from 'preact'
import { WINDOWS_SECONDS } from '../live.ts'
import type { LiveProps } from './app.tsx'

interface HeaderProps extends LiveProps {
  readonly links: readonly { readonly id: string; readonly title: string }[]
}

export function Header({ live, links }: HeaderProps): JSX.Element {
  const { service } = live
  const title = service === '' ? 'Tutti console' : service
  if (document.title !== title) document.title = title
  return (
    <header class="top">
      <a class="skip" href="#traffic">
        To the charts
      </a>
      <div class="bar">
        <h1>
          {title}
          <span class="brand">tutti console</span>
        </h1>
        <Status live={live} />
        <Windows live={live} />
        <button
          type="button"
          class="quiet"
          aria-pressed={live.isPaused}
          onClick={() => live.pause(!live.isPaused)}
        >
          {live.isPaused ? 'Resume' : 'Pause'}
        </button>
        <a class="quiet" href={`.${live.pagePath}`}>
          Raw page
        </a>
      </div>
      <nav aria-label="Sections">
        <ul>
          {links.map(({ id, title }) => (
            <li key={id}>
              <a href={`#${id}`}>{title}</a>
            </li>
          ))}
        </ul>
      </nav>
      {live.trouble && !live.isPaused && (
        <p class="trouble" role="alert">
          {live.trouble}
        </p>
      )}
    </header>
  )
}

function Status({ live }: LiveProps): JSX.Element {
  const seconds = live.intervalMs / 1_000
  const text = live.isPaused
    ? 'paused'
    : live.trouble !== undefined
      ? 'no answer'
      : live.hasPage
        ? seconds > 1
          ? `live, every ${Math.round(seconds)} s`
          : 'live'
        : 'connecting'
  const kind = live.isPaused ? 'off' : live.trouble === undefined ? 'ok' : 'bad'
  return (
    <p class={`status ${kind}`} role="status">
      <span class="dot" aria-hidden="true" />
      {text}
    </p>
  )
}

function Windows({ live }: LiveProps): JSX.Element {
  return (
    <fieldset class="windows">
      <legend class="hidden">Time shown</legend>
      {WINDOWS_SECONDS.map(seconds => (
        <label key={seconds}>
          <input
            type="radio"
            name="window"
            checked={live.windowSeconds === seconds}
            onChange={() => live.show(seconds)}
          />
          <span>{seconds / 60} min</span>
        </label>
      ))}
    </fieldset>
  )
}
