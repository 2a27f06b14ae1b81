/*
 * better-sqlite3 refers to strings and symbols, which Node-API allows from version 10 on. Under an older one such a value
 * is put into an object, and the object is referred to; whoever asks for the value gets what is in it.
 */
#pragma once
#include <node_api.h>
#include <mutex>
#include <unordered_set>

namespace engram {

struct Boxes {
  std::mutex lock;
  std::unordered_set<napi_ref> refs;
};

inline Boxes& boxes() {
  static Boxes all;
  return all;
}

inline bool is_boxed(napi_ref ref) {
  std::lock_guard<std::mutex> guard(boxes().lock);
  return boxes().refs.count(ref) > 0;
}

inline napi_status create_reference(napi_env env, napi_value value, uint32_t count, napi_ref* result) {
  napi_valuetype type;
  napi_status status = napi_typeof(env, value, &type);
  if (status != napi_ok) return status;
  if (type == napi_object || type == napi_function || type == napi_external) {
    return napi_create_reference(env, value, count, result);
  }
  napi_value box;
  status = napi_create_object(env, &box);
  if (status == napi_ok) status = napi_set_named_property(env, box, "value", value);
  if (status == napi_ok) status = napi_create_reference(env, box, count, result);
  if (status == napi_ok) {
    std::lock_guard<std::mutex> guard(boxes().lock);
    boxes().refs.insert(*result);
  }
  return status;
}

inline napi_status get_reference_value(napi_env env, napi_ref ref, napi_value* result) {
  napi_status status = napi_get_reference_value(env, ref, result);
  if (status != napi_ok || *result == nullptr || !is_boxed(ref)) return status;
  return napi_get_named_property(env, *result, "value", result);
}

inline napi_status delete_reference(napi_env env, napi_ref ref) {
  {
    std::lock_guard<std::mutex> guard(boxes().lock);
    boxes().refs.erase(ref);
  }
  return napi_delete_reference(env, ref);
}

}  // namespace engram

#define napi_create_reference engram::create_reference
#define napi_get_reference_value engram::get_reference_value
#define napi_delete_reference engram::delete_reference
