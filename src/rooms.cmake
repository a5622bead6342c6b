# rpcctl_room(NAME USES <room or dependency>...): the folder src/NAME as a library that may include what USES names.
#
# The USES lines are the table of docs/architecture.md; tests/architecture/includes_test.py checks the #include
# lines against the same table, so an arrow that the table does not have fails the build or the tests.
function(rpcctl_room NAME)
  cmake_parse_arguments(ARG "" "" "USES;PCH" ${ARGN})
  string(REPLACE "/" "_" target "${NAME}")
  file(GLOB sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/src/${NAME}/*.cc ${PROJECT_SOURCE_DIR}/src/${NAME}/*.h)
  add_library(rpcctl_${target} STATIC ${sources})
  add_library(room::${target} ALIAS rpcctl_${target})
  target_include_directories(rpcctl_${target} PUBLIC ${PROJECT_SOURCE_DIR}/src)
  target_link_libraries(rpcctl_${target} PRIVATE rpcctl_compile PUBLIC ${ARG_USES})
  if(ARG_PCH)
    target_precompile_headers(rpcctl_${target} PRIVATE ${ARG_PCH})
  endif()
endfunction()
