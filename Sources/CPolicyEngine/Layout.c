// What programs were compiled with stays as it is: the layout of every struct of the header.

#include "policyengine.h"

#define POL_HOLDS(condition, message) _Static_assert(condition, message)

POL_HOLDS(sizeof(pol_error) == 1024, "an error has 1024 bytes");
POL_HOLDS(offsetof(pol_error, message) == 8, "its message begins at the ninth");
POL_HOLDS(sizeof(pol_text) == 2 * sizeof(void *), "a text is a pointer and a length");
POL_HOLDS(sizeof(pol_holding) == 2 * sizeof(pol_text), "a holding is two texts");
POL_HOLDS(sizeof(pol_action) == 16 && sizeof(pol_attribute) == 16 && sizeof(pol_unit) == 16,
          "what is looked up has 16 bytes");
POL_HOLDS(sizeof(pol_decision) == 1 && sizeof(pol_status) == 4 && sizeof(pol_kind) == 4,
          "numbers have the sizes that are written in the header");
