/** Imports an ECMAScript module of this folder. In a file of its own, since the oldest versions of Node cannot parse it. */
'use strict'

/** @param {string} specifier relative to this folder */
module.exports = (specifier) => import(specifier)
