/** Stands in for a shard worker: it cannot even begin. */
throw new Error('no room for its buffers')
