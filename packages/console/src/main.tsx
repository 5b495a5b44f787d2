import { render } from 'preact'
import { Live } from './live.ts'
import { App } from './views/app.tsx'

const live = new Live()
live.start()
render(<App live={live} />, document.getElementById('console')!)
