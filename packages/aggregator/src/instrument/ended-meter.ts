import type { Observable } from '@opentelemetry/api'
import type {
  SharedCounter,
  SharedGauge,
  SharedHistogram,
  SharedMeter,
  SharedUpDownCounter,
} from './bound.ts'
import { FannedInstrument } from './fanned-instrument.ts'

const NOTHING = new FannedInstrument([])
const UNOBSERVED: Observable = { addCallback() {}, removeCallback() {} }

/** The meter of a provider that was shut down: its instruments do nothing (OpenTelemetry metrics SDK, Shutdown). */
export class EndedMeter implements SharedMeter {
  createCounter(): SharedCounter {
    return NOTHING
  }

  createUpDownCounter(): SharedUpDownCounter {
    return NOTHING
  }

  createHistogram(): SharedHistogram {
    return NOTHING
  }

  createGauge(): SharedGauge {
    return NOTHING
  }

  createObservableCounter(): Observable {
    return UNOBSERVED
  }

  createObservableUpDownCounter(): Observable {
    return UNOBSERVED
  }

  createObservableGauge(): Observable {
    return UNOBSERVED
  }

  addBatchObservableCallback(): void {}

  removeBatchObservableCallback(): void {}
}
