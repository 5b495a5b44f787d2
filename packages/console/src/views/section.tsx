import type { ComponentChildren, JSX } from 'preact'

interface SectionProps {
  readonly id: string
  readonly title: string
  readonly note?: string
  readonly children: ComponentChildren
}

export function Section({ id, title, note, children }: SectionProps): JSX.Element {
  return (
    <section id={id} aria-labelledby={`${id}-title`}>
      <header class="section-head">
        <h2 id={`${id}-title`}>{title}</h2>
        {note && <p>{note}</p>}
      </header>
      {children}
    </section>
  )
}
