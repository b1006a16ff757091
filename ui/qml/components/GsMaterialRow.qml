pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import "../theme"

// One material: whether it is here, how many pages, and what can be done about it.
GsCard {
    id: row

    required property string key
    required property string name
    required property string member
    required property string standing
    required property int pageCount
    required property string note
    required property string pledgedUntil
    required property bool pledgeable
    required property bool optional
    required property string origin
    required property bool licensed
    property bool scanner: true

    signal opened(string key)
    signal pledged(string key)
    signal takenBack(string key)
    signal scanned(string key)
    signal broughtMyself(string key)

    readonly property bool here: standing === "here"
    readonly property bool promised: standing === "pledged"
    readonly property bool held: standing === "held"

    padding: GsTheme.px(24)
    spacing: GsTheme.gapSmall

    GridLayout {
        Layout.fillWidth: true
        columns: GsTheme.portrait ? 1 : 2
        columnSpacing: GsTheme.gapLarge
        rowSpacing: GsTheme.gapSmall

        ColumnLayout {
            Layout.fillWidth: true
            spacing: GsTheme.gapTiny
            GsText {
                Layout.fillWidth: true
                text: row.name + (row.member === "" ? "" : qsTr("（%1）").arg(row.member))
                strong: true
                lineHeight: 1.3
            }
            GsText {
                visible: row.note !== "" && !row.held
                Layout.fillWidth: true
                text: row.note
                role: "small"
                soft: true
            }
            GsText {
                objectName: "origin_" + row.key
                visible: row.held
                Layout.fillWidth: true
                text: row.origin
                role: "small"
                soft: true
            }
            GsTag {
                Layout.topMargin: GsTheme.gapTiny
                text: row.held ? qsTr("已经有了，不用再交") : row.here ? qsTr("已扫描 %1 页").arg(row.pageCount) : row.promised ? (row.pledgedUntil === "" ? qsTr("已写承诺") : qsTr("已承诺，%1 前补上").arg(GsWords.shortDay(row.pledgedUntil))) : row.optional ? qsTr("可以不交") : qsTr("还没有交")
                mood: row.held || row.here ? "good" : row.promised ? "warn" : row.optional ? "plain" : "bad"
                iconName: row.held || row.here ? "circle-check" : row.promised ? "clock" : "circle-dashed"
            }
        }
        GsActions {
            Layout.alignment: Qt.AlignRight | Qt.AlignVCenter
            GsButton {
                objectName: "pledge_" + row.key
                visible: row.pledgeable && row.standing === "missing"
                text: qsTr("写承诺，以后补")
                iconName: "writing-sign"
                onClicked: row.pledged(row.key)
            }
            GsButton {
                objectName: "takeBack_" + row.key
                visible: row.promised
                text: qsTr("不承诺了")
                onClicked: row.takenBack(row.key)
            }
            GsButton {
                objectName: "own_" + row.key
                visible: row.held
                text: qsTr("不用这份，我自己交")
                onClicked: row.broughtMyself(row.key)
            }
            GsButton {
                objectName: "open_" + row.key
                visible: !row.held
                text: row.here ? qsTr("查看、重扫") : qsTr("别的办法")
                iconName: row.here ? "eye" : "camera"
                onClicked: row.opened(row.key)
            }
            GsButton {
                objectName: "scan_" + row.key
                visible: row.standing === "missing" && row.scanner
                implicitWidth: Math.max(GsTheme.px(220 * GsTheme.titles), fullWidth)
                kind: row.optional ? "secondary" : "primary"
                text: qsTr("放好了，扫描")
                iconName: "scan"
                onClicked: row.scanned(row.key)
            }
        }
    }
}
