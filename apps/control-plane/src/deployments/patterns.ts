/** What rings may be called. */
export const ringPattern: RegExp = /^[a-z][a-z0-9-]{0,30}$/

/** What services and versions may be called. */
export const namePattern: RegExp = /^[A-Za-z0-9][A-Za-z0-9._/@+-]{0,99}$/
