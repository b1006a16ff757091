pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Jinban
import "../theme"
import "../components"

// How the result comes: one of the ways the item declares, and for those that need it who takes it, filled in already.
GsCasePage {
    id: screen

    readonly property ArrangingController arranging: kiosk.arranging

    title: qsTr("办好以后，结果怎么给您？")
    primaryText: qsTr("继续")
    primaryEnabled: arranging.way !== ""
    onPrimary: arranging.settleDelivery()

    function note(way: string): string {
        return ({
                window: qsTr("办好后带身份证到：%1").arg(arranging.fetchAt),
                post: arranging.postNote,
                proxy: qsTr("代领的人带双方身份证和委托书到：%1").arg(arranging.fetchAt),
                point: arranging.pointName
            })[way] ?? "";
    }

    GridLayout {
        Layout.fillWidth: true
        columns: GsTheme.portrait || screen.arranging.wanted.length === 0 ? 1 : 2
        uniformCellWidths: true
        columnSpacing: GsTheme.gapLarge
        rowSpacing: GsTheme.gap

        ColumnLayout {
            Layout.fillWidth: true
            Layout.alignment: Qt.AlignTop
            spacing: GsTheme.gap
            Repeater {
                model: screen.arranging.ways
                GsChoice {
                    required property string modelData
                    Layout.fillWidth: true
                    objectName: "way_" + modelData
                    text: GsWords.way(modelData)
                    note: screen.note(modelData)
                    iconName: ({
                            window: "building-bank",
                            post: "home",
                            proxy: "users",
                            point: "map-pin"
                        })[modelData] ?? ""
                    chosen: modelData === screen.arranging.way
                    showMark: chosen
                    onClicked: screen.arranging.chooseWay(modelData)
                }
            }
        }
        ColumnLayout {
            visible: screen.arranging.wanted.length > 0
            Layout.fillWidth: true
            Layout.alignment: Qt.AlignTop
            spacing: GsTheme.gap
            Repeater {
                model: [
                    {
                        part: "name",
                        label: screen.arranging.way === "post" ? qsTr("收件人") : qsTr("代领人的姓名"),
                        pad: "text"
                    },
                    {
                        part: "phone",
                        label: qsTr("电话"),
                        pad: "number"
                    },
                    {
                        part: "address",
                        label: qsTr("寄到哪里"),
                        pad: "text"
                    }
                ]
                ColumnLayout {
                    id: asked
                    required property var modelData
                    readonly property string hidden: screen.arranging.hidden[modelData.part] ?? ""
                    readonly property bool wrong: screen.arranging.wrong.includes(modelData.part)
                    readonly property bool closed: hidden !== "" && !opened && !wrong
                    property bool opened: false
                    visible: screen.arranging.wanted.includes(modelData.part)
                    Layout.fillWidth: true
                    GsKnownLine {
                        objectName: "known_" + asked.modelData.part
                        visible: asked.closed
                        Layout.fillWidth: true
                        label: asked.modelData.label
                        labelAbove: true
                        shown: asked.hidden
                        full: screen.arranging[asked.modelData.part]
                        onOpened: asked.opened = true
                    }
                    GsField {
                        objectName: "delivery_" + asked.modelData.part
                        visible: !asked.closed
                        Layout.fillWidth: true
                        label: asked.modelData.label
                        pad: asked.modelData.pad
                        text: screen.arranging[asked.modelData.part]
                        mistake: asked.wrong ? qsTr("这一项要填") : ""
                        onEdited: text => screen.arranging.type(asked.modelData.part, text)
                    }
                }
            }
        }
    }
    GsProblem {
        Layout.fillWidth: true
        visit: screen.kiosk.visit
    }
}
