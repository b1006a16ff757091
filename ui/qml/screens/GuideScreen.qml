pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Jinban
import "../theme"
import "../components"

// The whole guide of one item, one readable section at a time.
GsPage {
    id: screen

    required property Kiosk kiosk
    readonly property GuideController guide: kiosk.guide
    readonly property SpecimensController papers: kiosk.specimens
    readonly property bool onPaper: guide.section === "papers"
    // What the print button prints, and so whose outcome the banner tells: the paper looked at, else the list.
    readonly property bool looking: onPaper && papers.shown !== ""
    readonly property PrintedPaper paper: looking ? papers.paper : guide.paper

    plain: true
    title: GsWords.both(guide.name, guide.nameEn, GsTheme.english)
    subtitle: GsTheme.compact && GsTheme.elder ? "" : GsWords.both(guide.summary, guide.summaryEn, GsTheme.english)
    primaryText: guide.takenHere ? qsTr("我要办理") : ""
    onBack: kiosk.visit.go("home")
    backText: qsTr("返回首页")
    onPrimary: kiosk.visit.go("apply")
    extras: [
        GsButton {
            objectName: "printGuide"
            visible: !screen.onPaper || screen.looking
            text: screen.looking && screen.paper.state === "idle" ? qsTr("打印这一张") : GsWords.printing(screen.paper.state)
            iconName: screen.paper.state === "printed" ? "check" : "printer"
            enabled: screen.paper.state !== "printing"
            onClicked: screen.looking ? screen.papers.print() : screen.guide.print()
        }
    ]

    GridLayout {
        parent: screen.stage
        anchors.fill: parent
        anchors.leftMargin: GsTheme.margin
        columns: GsTheme.portrait ? 1 : 2
        columnSpacing: 0
        rowSpacing: GsTheme.gap

        GsTabs {
            Layout.fillWidth: GsTheme.portrait
            Layout.fillHeight: !GsTheme.portrait
            Layout.rightMargin: GsTheme.portrait ? GsTheme.margin : 0
            Layout.preferredWidth: GsTheme.px(GsTheme.elder ? 380 : 320)
            tabs: screen.guide.sections
            current: screen.guide.section
            onOpened: section => {
                screen.papers.show("");
                screen.guide.open(section);
            }
        }
        GsScroll {
            objectName: "guideScroll"
            Layout.fillWidth: true
            Layout.fillHeight: true
            Layout.leftMargin: GsTheme.portrait ? -GsTheme.margin : -GsTheme.margin + GsTheme.gapLarge

            GsBanner {
                objectName: "guidePrintBanner"
                visible: screen.paper.cause !== ""
                Layout.fillWidth: true
                mood: "warn"
                iconName: "printer-off"
                text: screen.paper.cause
                action: screen.paper.action
            }
            GsFacts {
                Layout.fillWidth: true
                guide: screen.guide
            }
            GsSpecimens {
                visible: screen.onPaper
                Layout.fillWidth: true
                papers: screen.papers
            }
            Repeater {
                model: screen.onPaper ? null : screen.guide.rows
                GsParagraph {
                    Layout.fillWidth: true
                }
            }
            GsText {
                Layout.fillWidth: true
                text: screen.guide.verified ? qsTr("指南内容截至 %1").arg(GsWords.day(screen.guide.asOf)) : qsTr("演示数据，内容截至 %1，请以当地部门公布的为准").arg(GsWords.day(screen.guide.asOf))
                role: "small"
                soft: true
            }
        }
    }
}
