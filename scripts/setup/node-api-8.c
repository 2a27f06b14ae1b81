/*
 * Lets better-sqlite3's prebuilt binary run under Node-API 8. The binary keeps references to strings and symbols, which
 * Node-API allows from version 10 on. Here such a value is wrapped in a tagged object, the object is referenced, and a
 * read of the reference returns the wrapped value.
 *
 * The set-up renames the two imports in a copy of the binary and links this file in front of it. The file declares the
 * few Node-API functions it calls and uses no C library, so that a compiler and a linker are enough to build it.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct napi_env__ *napi_env;
typedef struct napi_value__ *napi_value;
typedef struct napi_ref__ *napi_ref;
typedef int napi_status; /* 0: success */

typedef struct {
  uint64_t lower;
  uint64_t upper;
} napi_type_tag;

/* The values of napi_valuetype that Node-API 8 can reference. */
enum { NAPI_OBJECT = 6, NAPI_FUNCTION = 7, NAPI_EXTERNAL = 8 };

extern napi_status napi_typeof(napi_env env, napi_value value, int *type);
extern napi_status napi_create_object(napi_env env, napi_value *result);
extern napi_status napi_set_named_property(napi_env env, napi_value object, const char *name, napi_value value);
extern napi_status napi_get_named_property(napi_env env, napi_value object, const char *name, napi_value *result);
extern napi_status napi_type_tag_object(napi_env env, napi_value object, const napi_type_tag *tag);
extern napi_status napi_check_object_type_tag(napi_env env, napi_value object, const napi_type_tag *tag, bool *result);
extern napi_status napi_create_reference(napi_env env, napi_value value, uint32_t count, napi_ref *result);
extern napi_status napi_get_reference_value(napi_env env, napi_ref reference, napi_value *result);

static const napi_type_tag WRAPPER = {0x656e6772616d6c61ULL, 0x622d777261707065ULL};
static const char PROPERTY[] = "value";

napi_status wrap_create_reference(napi_env env, napi_value value, uint32_t count, napi_ref *result) {
  int type;
  napi_status status = napi_typeof(env, value, &type);
  if (status != 0) return status;
  if (type == NAPI_OBJECT || type == NAPI_FUNCTION || type == NAPI_EXTERNAL) {
    return napi_create_reference(env, value, count, result);
  }
  napi_value wrapper;
  status = napi_create_object(env, &wrapper);
  if (status == 0) status = napi_set_named_property(env, wrapper, PROPERTY, value);
  if (status == 0) status = napi_type_tag_object(env, wrapper, &WRAPPER);
  return status == 0 ? napi_create_reference(env, wrapper, count, result) : status;
}

napi_status wrap_get_reference_value(napi_env env, napi_ref reference, napi_value *result) {
  napi_status status = napi_get_reference_value(env, reference, result);
  if (status != 0 || *result == NULL) return status;
  int type;
  status = napi_typeof(env, *result, &type);
  if (status != 0 || type != NAPI_OBJECT) return status;
  bool is_wrapper;
  status = napi_check_object_type_tag(env, *result, &WRAPPER, &is_wrapper);
  if (status != 0 || !is_wrapper) return status;
  return napi_get_named_property(env, *result, PROPERTY, result);
}
