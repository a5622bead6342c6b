# rpcctl_python_test(FILE [TIMEOUT seconds]): a Python test module that drives the real binaries, as one test.
#
# Debian's own Python is the one that has Debian's grpcio. Under sanitizers every cap inside the tests grows.
function(rpcctl_python_test FILE)
  cmake_parse_arguments(ARG "" "TIMEOUT" "" ${ARGN})
  if(NOT ARG_TIMEOUT)
    set(ARG_TIMEOUT 120)
  endif()
  set(slowness 1)
  if(RPCCTL_SANITIZE)
    set(slowness 3)
    math(EXPR ARG_TIMEOUT "${ARG_TIMEOUT} * 3")
  endif()
  cmake_path(GET FILE STEM name)
  cmake_path(GET CMAKE_CURRENT_SOURCE_DIR FILENAME folder)
  add_test(NAME ${folder}/${name} COMMAND /usr/bin/python3 ${CMAKE_CURRENT_SOURCE_DIR}/${FILE})
  set_tests_properties(${folder}/${name} PROPERTIES TIMEOUT ${ARG_TIMEOUT} ENVIRONMENT
    "RPCCTL=$<TARGET_FILE:rpcctl>;RPCCTL_REFERENCE_SERVER=$<TARGET_FILE:rpcctl-reference-server>;PYTHONDONTWRITEBYTECODE=1;RPCCTL_TEST_SLOWNESS=${slowness}")
endfunction()
