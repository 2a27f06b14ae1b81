/** Preloaded: this Node presents itself as one that cannot load the database, and is not the project's own. */
'use strict'

Object.defineProperty(process, 'versions', { value: { ...process.versions, napi: '9' } })
process.execPath = '/usr/bin/older-node'
